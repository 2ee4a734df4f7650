import { join } from 'node:path';
import { expect } from 'chai';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { Store } from '../../engine/ports/store.ts';
import { withFolder } from '../adapters/sql/with-folder.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { SECRET, erase, faults, withWorld } from './erasure-world.ts';
import type { World } from './erasure-world.ts';
import { CLERK, NOW } from './with-workshop.ts';

const CONTACT = `
  contact: { kind: text, maxLength: 60, classification: [internal, personal] }`;
/** A case that runs one that runs another, each told of the same person. */
const WORKFLOWS = [
  {
    name: 'innermost',
    data: CONTACT,
    start: 'calling: { run: [contact] }',
    states: `
  ended: { final: completed }`,
  },
  {
    name: 'inner',
    data: CONTACT,
    start: 'calling: { run: [contact] }',
    states: `
  asking: { run: innermost, with: { contact: contact }, done: ended }
  ended: { final: completed }`,
  },
  {
    data: CONTACT,
    start: 'online: { form: contact, audience: { role: clerk } }',
    forms: `
  contact: { title: Contact, fields: [{ field: contact, required: true }, count] }`,
    states: `
  asking: { run: inner, with: { contact: contact }, done: ended }
  ended: { final: completed }`,
  },
];

async function caseOf({ engine }: World, contact: string): Promise<string> {
  const form = { data: { contact, count: 3 }, own: {} };
  const { caseId } = await engine.startCase({
    ...{ workflow: 'sample', start: 'online', form, actor: CLERK },
  });
  await engine.idle();
  return caseId;
}

/** Erases a case that ran others, and tells whether another one's stays as it was. */
async function eraseOne(store: Store): Promise<void> {
  await withWorld(store, WORKFLOWS, async (world) => {
    const { eraser, checkpoint } = world;
    const [id, other] = [await caseOf(world, SECRET), await caseOf(world, 'eve@x.example')];
    await checkpoint();
    const inner = await store.erasure.casesRunBy(id);
    expect(inner).to.have.length(1);
    const innermost = await store.erasure.casesRunBy(inner[0] ?? '');
    expect(innermost).to.have.length(1);
    const all = [id, ...inner, ...innermost];
    // The one in the middle lies in the archive: it is found there as well.
    const moved = { id: inner[0] ?? '', version: await versionOf(store, inner[0] ?? '') };
    await store.archive.copy([moved], NOW);
    await store.archive.remove([moved]);
    const { cases } = await eraser.preview({ kind: 'case', id });
    expect(cases.map((one) => one.id)).to.deep.equal(all);
    expect(cases.map(({ refused }) => refused)).to.deep.equal([undefined, undefined, undefined]);
    await erase(world, { kind: 'case', id });
    await checkpoint();
    for (const one of all) {
      expect(JSON.stringify(await store.cases.history(one))).not.to.contain('lovelace');
    }
    expect(JSON.stringify(await store.cases.history(other))).to.contain('eve@x.example');
    expect(await faults(world)).to.deep.equal([]);
  });
}

async function versionOf(store: Store, id: string): Promise<number> {
  return (await store.cases.load(id))?.version ?? 0;
}

describe('erasing a case that ran others', () => {
  const url = usePostgres();

  it('takes the personal data of those as well', () => eraseOne(createMemoryStore()));

  it('does so on SQLite', () =>
    withFolder(async (folder) => {
      const store = await openStore({ file: join(folder, 'trellis.db') });
      try {
        await eraseOne(store);
      } finally {
        await store.close();
      }
    })).timeout(60_000);

  it('does so on PostgreSQL', async () => {
    const store = await openStore({ url: url() });
    try {
      await eraseOne(store);
    } finally {
      await store.close();
    }
  }).timeout(60_000);
});
