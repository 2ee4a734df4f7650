import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import { checkEvidence } from '../../engine/governance/evidence.ts';
import { exportEvidence } from '../../engine/runtime/audit/export-evidence.ts';
import type { ErasureTarget } from '../../engine/runtime/erasure/outlook.ts';
import { verifyCase } from '../../engine/runtime/verify.ts';
import { withFolder } from '../adapters/sql/with-folder.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import type { World } from './erasure-world.ts';
import {
  OFFICER,
  REASON,
  SECRET,
  SIGNER,
  codeOf,
  erase,
  faults,
  tablesWith,
  withWorld,
} from './erasure-world.ts';
import { CLERK, NOW, complete } from './with-workshop.ts';

const WORKFLOW = {
  data: `
  contact: { kind: text, maxLength: 60, classification: [internal, personal] }`,
  start: 'online: { form: contact, audience: { role: clerk } }',
  forms: `
  contact: { title: Contact, fields: [{ field: contact, required: true }, count] }`,
  states: `
  taking: { call: depot.take, with: { what: reference }, save: { id: result.id }, done: working }
  working: { task: { title: 'Call {{contact}}', assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};

/** A case of somebody, which has ended unless it is to go on. */
async function caseOf({ engine, store }: World, contact: string, goesOn = false): Promise<string> {
  const form = { data: { contact, count: 3 }, own: {} };
  const { caseId } = await engine.startCase({
    ...{ workflow: 'sample', start: 'online', form, actor: CLERK },
  });
  await engine.idle();
  if (goesOn) return caseId;
  await engine.teamwork.comment(caseId, `I have called ${contact}`, CLERK);
  await complete({ engine, store }, caseId, 'done');
  return caseId;
}

describe('erasing personal data', () => {
  it('takes the values of one person out of every case that has ended, and keeps the chain', () =>
    withWorld(createMemoryStore(), WORKFLOW, async (world) => {
      const { store, catalogue, eraser, checkpoint } = world;
      const [first, other] = [await caseOf(world, SECRET), await caseOf(world, 'eve@x.example')];
      await checkpoint();
      const target: ErasureTarget = { kind: 'person', value: SECRET.toUpperCase() };
      const outlook = await eraser.preview(target);
      expect(outlook.cases).to.have.length(1);
      expect(outlook.cases[0]).to.deep.include({ id: first, entries: 2, files: 0, stays: [] });
      expect(outlook.cases[0]?.fields).to.deep.equal(['contact', 'text']);
      await erase(world, target);
      await checkpoint();
      const history = await store.cases.history(first);
      expect(JSON.stringify(history)).not.to.contain('lovelace');
      expect(JSON.stringify(await store.cases.history(other))).to.contain('eve@x.example');
      expect(history.at(-1)).to.deep.include({
        kind: 'erased',
        body: { act: 3, reason: REASON },
        actor: OFFICER,
      });
      expect(await faults(world)).to.deep.equal([]);
      for (const id of [first, other]) {
        expect(await verifyCase({ store, catalogue }, id)).to.equal(undefined);
      }
      const stored = await store.cases.load(first);
      const { context } = JSON.parse(stored?.snapshot ?? '') as {
        context: { data: Record<string, unknown> };
      };
      expect(context.data).to.include({ count: 3 }).and.not.have.property('contact');
      const [act] = await store.governance.acts(2, 1);
      expect(act?.body).to.deep.equal({
        ...{ reason: REASON, cases: [{ id: first, reference: stored?.reference }] },
        ...{ records: {}, files: 0 },
      });
      const evidence = await exportEvidence(store, first);
      const verdict = checkEvidence(JSON.parse(JSON.stringify(evidence)), {
        ...{ keys: [SIGNER.key], anchor: [] },
      });
      expect(verdict.ok).to.equal(true);
      const whole = evidence && { ...evidence, entries: evidence.entries.slice(0, -1) };
      const trust = { keys: [SIGNER.key], anchor: [] };
      const unsaid = checkEvidence(JSON.parse(JSON.stringify(whole)), trust);
      expect(unsaid.ok).to.equal(false);
      const stripped = await exportEvidence(store, other);
      const emptied = JSON.parse(JSON.stringify(stripped)) as {
        entries: { salt?: string; body: unknown }[];
      };
      const [begun] = emptied.entries;
      if (begun !== undefined) {
        delete begun.salt;
        begun.body = JSON.parse(JSON.stringify(begun.body).replace('"eve@x.example"', 'null'));
      }
      expect(checkEvidence(emptied, trust)).to.deep.include({ ok: false });
      expect(JSON.stringify(checkEvidence(emptied, trust))).to.contain('no act has erased them');
      expect((await store.worklist.tasksOfCase(first)).map(({ title }) => title)).to.deep.equal([
        'working',
      ]);
    }));

  it('refuses a case that goes on, and what was not shown', () =>
    withWorld(createMemoryStore(), WORKFLOW, async (world) => {
      const { eraser, engine, store } = world;
      const running = await caseOf(world, SECRET, true);
      const target: ErasureTarget = { kind: 'person', value: SECRET };
      const before = await eraser.preview(target);
      expect(before.cases[0]?.refused).to.deep.include({ kind: 'running' });
      expect(before.cases[0]?.refused?.message).to.contain('working');
      const cause = { actor: OFFICER, reason: REASON };
      expect(await codeOf(eraser.erase(target, before.token, cause))).to.equal('nothing-to-erase');
      await complete({ engine, store }, running, 'done');
      expect(await codeOf(eraser.erase(target, before.token, cause))).to.equal('erasure-changed');
      const { token } = await eraser.preview(target);
      const named = { actor: OFFICER, reason: `for ${SECRET}` };
      expect(await codeOf(eraser.erase(target, token, named))).to.equal('names-person');
      expect(await codeOf(eraser.erase(target, token, cause))).to.equal('done');
      const again = await eraser.preview({ kind: 'case', id: running });
      expect(again.cases[0]?.refused).to.deep.include({ kind: 'nothing' });
      expect(await codeOf(eraser.preview({ kind: 'case', id: 'nobody' }))).to.equal('no-case');
    }));

  it('erases a case in the archive, and says what no type calls personal', () =>
    withWorld(createMemoryStore(), WORKFLOW, async (world) => {
      const { store, eraser, checkpoint } = world;
      const id = await caseOf(world, SECRET);
      const noted = await caseOf(world, 'eve@x.example', true);
      await complete(world, noted, 'done', { note: `See ${SECRET}` });
      const { cases } = await eraser.preview({ kind: 'person', value: SECRET });
      expect(cases.map(({ stays }) => stays)).to.deep.equal([
        [],
        ['entry 3: form.data.note', 'what the case carries: data.note'],
      ]);
      const version = { id, version: (await store.cases.load(id))?.version ?? 0 };
      await checkpoint();
      await store.archive.copy([version], NOW);
      const moving = await eraser.preview({ kind: 'case', id });
      expect(moving.cases[0]?.refused).to.deep.include({ kind: 'moving' });
      await store.archive.remove([version]);
      await erase(world, { kind: 'case', id });
      await checkpoint();
      expect(JSON.stringify(await store.cases.history(id))).not.to.contain('lovelace');
      expect(await faults(world)).to.deep.equal([]);
    }));

  describe('on a database', () => {
    const url = usePostgres();

    it('leaves the value in no byte of a SQLite file that was written anew', () =>
      withFolder(async (folder) => {
        const file = join(folder, 'trellis.db');
        const store = await openStore({ file });
        const holds = async (): Promise<readonly string[]> => {
          const names = await readdir(folder);
          const texts = await Promise.all(
            names.map((name) => readFile(join(folder, name), 'latin1')),
          );
          return names.filter((_name, index) => texts[index]?.includes(SECRET) === true);
        };
        try {
          await withWorld(store, WORKFLOW, async (world) => {
            const id = await caseOf(world, SECRET);
            await world.checkpoint();
            expect(await holds()).not.to.deep.equal([]);
            await erase(world, { kind: 'person', value: SECRET });
            await world.store.erasure.rewrite();
            expect(await holds()).to.deep.equal([]);
            await world.checkpoint();
            expect(await faults(world)).to.deep.equal([]);
            expect(await verifyCase(world, id)).to.equal(undefined);
            await forge(file, id, world);
          });
        } finally {
          await store.close();
        }
      })).timeout(60_000);

    it('leaves the value in no column of PostgreSQL', async () => {
      const store = await openStore({ url: url() });
      const db = knex({ client: 'pg', connection: url() });
      try {
        await withWorld(store, WORKFLOW, async (world) => {
          const id = await caseOf(world, SECRET);
          await world.checkpoint();
          expect(await tablesWith(db, SECRET)).to.include('events');
          await erase(world, { kind: 'person', value: SECRET });
          await world.store.erasure.rewrite();
          expect(await tablesWith(db, SECRET)).to.deep.equal([]);
          await world.checkpoint();
          expect(await faults(world)).to.deep.equal([]);
          expect(await verifyCase(world, id)).to.equal(undefined);
        });
      } finally {
        await db.destroy();
        await store.close();
      }
    }).timeout(60_000);
  });
});

/** Takes values away without an act, puts others back, and lets an entry name an act that is none. */
async function forge(file: string, erased: string, world: World): Promise<void> {
  const kept = await caseOf(world, 'bob@person.example');
  await world.checkpoint();
  const db = knex({ client: 'sqlite3', connection: { filename: file }, useNullAsDefault: true });
  const events = () =>
    db<{ case_id: string; seq: number; personal: string | null; body: string }>('events');
  const kinds = async (): Promise<readonly string[]> =>
    (await faults(world)).map(
      ({ caseId, seq, kind }) => `${caseId === erased ? 'erased' : 'kept'} ${seq} ${kind}`,
    );
  try {
    const first = await events().where({ case_id: kept, seq: 1 }).first();
    await events().where({ case_id: kept, seq: 1 }).update({ personal: null });
    expect(await kinds()).to.deep.equal(['kept 1 emptied']);
    const discrepancy = await verifyCase(world, kept);
    expect(discrepancy).to.deep.include({ kind: 'chain', seq: 1 });
    await events()
      .where({ case_id: kept, seq: 1 })
      .update({ personal: first?.personal ?? null });
    await events()
      .where({ case_id: erased, seq: 1 })
      .update({ personal: first?.personal ?? null });
    expect(await kinds()).to.deep.equal(['erased 1 edited']);
    await events().where({ case_id: erased, seq: 1 }).update({ personal: null });
    const body = (await events().where({ case_id: erased, seq: 1 }).first())?.body ?? '';
    await events()
      .where({ case_id: erased, seq: 1 })
      .update({ body: body.replace('"contact":null', '"contact":"mallory"') });
    expect(await kinds()).to.deep.equal(['erased 1 unreadable']);
    await events().where({ case_id: erased, seq: 1 }).update({ body });
    expect(await kinds()).to.deep.equal([]);
  } finally {
    await db.destroy();
  }
}
