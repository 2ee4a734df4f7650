import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import { createCheckpointSigner } from '../../engine/adapters/system/public-signer.ts';
import { checkEvidence } from '../../engine/governance/evidence.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import type { Store } from '../../engine/ports/store.ts';
import { exportEvidence } from '../../engine/runtime/audit/export-evidence.ts';
import type { AuditFinding } from '../../engine/runtime/audit/finding.ts';
import { verifyHistory } from '../../engine/runtime/audit/verify-history.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { Eraser } from '../../engine/runtime/erasure/eraser.ts';
import type { ErasureTarget } from '../../engine/runtime/erasure/outlook.ts';
import { makeCheckpoints } from '../../engine/runtime/make-checkpoint.ts';
import { verifyCase } from '../../engine/runtime/verify.ts';
import { withFolder } from '../adapters/sql/with-folder.ts';
import { workshopCore } from '../kernel/fixtures/workshop.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { makeEngine } from './run-engine.ts';
import { CLERK, NOW, complete, goodConnectors, publishWorkshop } from './with-workshop.ts';

const SECRET = 'ada.lovelace@person.example';
const OFFICER: Actor = { kind: 'staff', id: 'u9', name: 'Olga Officer' };
const REASON = 'Request 2027-14 of a customer';
const SIGNER = createCheckpointSigner(new Uint8Array(48).fill(7));

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

interface World {
  readonly store: Store;
  readonly engine: Engine;
  readonly catalogue: Catalogue;
  readonly eraser: Eraser;
  readonly checkpoint: () => Promise<void>;
}

async function withWorld(store: Store, test: (world: World) => Promise<void>): Promise<void> {
  const clock = createSimulatedClock(NOW);
  const catalogue = await publishWorkshop(store, [WORKFLOW]);
  const engine = makeEngine({ store, catalogue, connectors: goodConnectors(), clock, lines: [] });
  engine.start();
  try {
    const eraser = new Eraser({ store, catalogue, clock, core: () => workshopCore().view });
    const checkpoint = async (): Promise<void> => {
      const making = makeCheckpoints({ store, clock, signer: SIGNER });
      while ((await making.next()).done !== true);
      clock.advance(60_000);
    };
    await test({ store, engine, catalogue, eraser, checkpoint });
  } finally {
    await engine.stop();
  }
}

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

async function erase({ eraser }: World, target: ErasureTarget): Promise<void> {
  const { token } = await eraser.preview(target);
  await eraser.erase(target, token, { actor: OFFICER, reason: REASON });
}

async function faults({ store }: Pick<World, 'store'>): Promise<readonly AuditFinding[]> {
  const found: AuditFinding[] = [];
  const trust = { keys: [SIGNER.key], anchor: [] };
  await verifyHistory({ store, trust, onFinding: (one) => found.push(one) });
  return found;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof TrellisError ? error.code : String(error)),
  );
}

describe('erasing personal data', () => {
  it('takes the values of one person out of every case that has ended, and keeps the chain', () =>
    withWorld(createMemoryStore(), async (world) => {
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
    withWorld(createMemoryStore(), async (world) => {
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
    withWorld(createMemoryStore(), async (world) => {
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
          await withWorld(store, async (world) => {
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
        await withWorld(store, async (world) => {
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

/** The tables that have a text anywhere in any column. */
async function tablesWith(db: knex.Knex, text: string): Promise<readonly string[]> {
  const tables = (await db('pg_tables').where({ schemaname: 'public' }).select('tablename')) as {
    tablename: string;
  }[];
  const found: string[] = [];
  for (const { tablename } of tables) {
    const { rows } = await db.raw<{ rows: readonly unknown[] }>(
      `select 1 from "${tablename}" as one where strpos(row_to_json(one)::text, ?) > 0 limit 1`,
      [text],
    );
    if (rows.length > 0) found.push(tablename);
  }
  return found;
}
