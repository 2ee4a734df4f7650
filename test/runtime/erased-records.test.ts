import { join } from 'node:path';
import { expect } from 'chai';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Store } from '../../engine/ports/store.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import { Eraser } from '../../engine/runtime/erasure/eraser.ts';
import type { ErasureTarget } from '../../engine/runtime/erasure/outlook.ts';
import { withFolder } from '../adapters/sql/with-folder.ts';
import { customer, filesWith, stateOf } from '../governance/evolution/states.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { NOW } from './with-workshop.ts';

const SECRET = 'ada@person.example';
const PERSON: ErasureTarget = { kind: 'person', value: SECRET };
const OFFICER = { kind: 'staff', id: 'u9', name: 'Olga Officer' } as const;

const FIELDS = `
    id: { type: string, x-tags: [personal] }
    mail: { type: string, x-tags: [personal] }
    size: { type: integer }`;

async function write(
  { records }: Store,
  effect: string,
  version: number,
  value: JsonObject & { readonly id: string },
): Promise<void> {
  const times = { createdAt: NOW, updatedAt: NOW + version };
  const record = { type: 'Customer', key: value.id, version, value, release: '1.1', ...times };
  expect(await records.write(effect, record)).to.deep.equal({ kind: 'written' });
}

async function eraseAll(store: Store): Promise<void> {
  const { view } = stateOf(filesWith(customer(1, FIELDS)));
  const clock = createSimulatedClock(NOW);
  const catalogue = new Catalogue(store.registry);
  const eraser = new Eraser({ store, catalogue, clock, core: () => view });
  await write(store, 'c1/1/1', 1, { id: 'a', mail: 'old@person.example', size: 1 });
  await write(store, 'c1/2/1', 2, { id: 'a', mail: SECRET, size: 2 });
  await write(store, 'c2/1/1', 1, { id: 'b', mail: 'eve@person.example', size: 3 });
  await write(store, 'c3/1/1', 1, { id: SECRET, size: 4 });

  const outlook = await eraser.preview(PERSON);
  expect(
    outlook.records.map(({ key, version, becomes }) => [key, version, becomes]),
  ).to.have.deep.members([
    ['a', 2, 'removed'],
    [SECRET, 1, 'removed'],
  ]);
  await eraser.erase(PERSON, outlook.token, { actor: OFFICER, reason: 'Request 14' });

  expect(await store.records.get('Customer', 'a')).to.equal(undefined);
  expect(await store.records.get('Customer', SECRET)).to.equal(undefined);
  expect((await store.records.get('Customer', 'b'))?.value).to.include({ size: 3 });
  const written = await store.records.writtenBy('c1/2/1');
  expect(written?.value).to.deep.equal({ size: 2 });
  expect((await store.records.writtenBy('c1/1/1'))?.value, 'an earlier version').to.deep.equal({
    size: 1,
  });
  expect(JSON.stringify(await store.records.writtenBy('c3/1/1'))).not.to.contain(SECRET);
  const again = await eraser.preview(PERSON);
  expect([again.records, again.cases]).to.deep.equal([[], []]);
  const [act] = await store.governance.acts(0, 10);
  expect(JSON.stringify(act?.body)).not.to.contain(SECRET);
  expect(act?.body).to.deep.include({ records: { Customer: 2 } });
}

/** Where the personal field is none that a record must have, the record stays without it. */
async function emptyOne(store: Store): Promise<void> {
  const optional = FIELDS.replace(
    'id: { type: string, x-tags: [personal] }',
    'id: { type: string }',
  );
  const { view } = stateOf(filesWith(customer(1, optional)));
  const clock = createSimulatedClock(NOW);
  const catalogue = new Catalogue(store.registry);
  const eraser = new Eraser({ store, catalogue, clock, core: () => view });
  await write(store, 'c9/1/1', 1, { id: 'z', mail: SECRET, size: 1 });
  const { token, records } = await eraser.preview(PERSON);
  expect(records.map(({ becomes }) => becomes)).to.deep.equal(['emptied']);
  await eraser.erase(PERSON, token, { actor: OFFICER, reason: 'Request 15' });
  expect((await store.records.get('Customer', 'z'))?.value).to.deep.equal({ id: 'z', size: 1 });
  expect((await store.records.writtenBy('c9/1/1'))?.value).to.deep.equal({ id: 'z', size: 1 });
}

/** A number tells of a person as well as a text does, and a short one is part of many keys. */
async function findByNumber(store: Store): Promise<void> {
  const numbered = `
    id: { type: string }
    phone: { type: integer, x-tags: [personal] }
    floor: { type: integer, x-tags: [personal] }`;
  const { view } = stateOf(filesWith(customer(1, numbered)));
  const clock = createSimulatedClock(NOW);
  const catalogue = new Catalogue(store.registry);
  const eraser = new Eraser({ store, catalogue, clock, core: () => view });
  await write(store, 'c10/1/1', 1, { id: 'n-4', phone: 353_871_234, floor: 4 });
  const target: ErasureTarget = { kind: 'person', value: '353871234' };
  const { token, records } = await eraser.preview(target);
  expect(records.map(({ becomes }) => becomes)).to.deep.equal(['emptied']);
  await eraser.erase(target, token, { actor: OFFICER, reason: 'Request 16' });
  expect((await store.records.get('Customer', 'n-4'))?.value).to.deep.equal({ id: 'n-4' });
  expect((await store.records.writtenBy('c10/1/1'))?.value).to.deep.equal({ id: 'n-4' });
}

describe('erasing what records hold of a person', () => {
  const url = usePostgres();

  for (const [what, test] of [
    ['takes away records that are known by what goes, and what was written to them', eraseAll],
    ['leaves a record without a field that it need not have', emptyOne],
    ['finds a record by a number', findByNumber],
  ] as const) {
    it(`${what}: in memory`, () => test(createMemoryStore()));

    it(`${what}: on SQLite`, () =>
      withFolder(async (folder) => {
        const store = await openStore({ file: join(folder, 'trellis.db') });
        try {
          await test(store);
        } finally {
          await store.close();
        }
      }));

    it(`${what}: on PostgreSQL`, async () => {
      const store = await openStore({ url: url() });
      try {
        await test(store);
      } finally {
        await store.close();
      }
    });
  }
});
