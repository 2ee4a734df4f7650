import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Json } from '../../engine/kernel/json.ts';
import type { Fill } from '../../engine/kernel/transition/fill-absent.ts';
import { expectFold } from './fold-history.ts';
import { failingStore } from './failing-store.ts';
import { makeEngine } from './run-engine.ts';
import { casesOf, prepare, start } from './with-bulk.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK, DAY, load, startSample, withWorkshop } from './with-workshop.ts';

const WORKFLOWS = [
  {
    states: `
  checking: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
  },
];

const ITEMS = [
  { sku: 'B1', pieces: 1 },
  { sku: 'C1', pieces: 1, label: 'Mine' },
];

async function carry(workshop: Workshop, field: string, value: Json): Promise<string> {
  const caseId = await startSample(workshop);
  await set(workshop, caseId, field, value);
  return caseId;
}

async function set(workshop: Workshop, caseId: string, field: string, value: Json): Promise<void> {
  const change = { set: [{ field, value }], reason: 'By hand', actor: CLERK };
  await workshop.engine.operations.modify({ caseId, ...change });
}

async function dataOf({ engine }: Workshop, caseId: string): Promise<unknown> {
  const { item, items } = (await engine.look(caseId)).data as Record<string, unknown>;
  return { ...(item === undefined ? {} : { item }), items };
}

function fillLabel(workshop: Workshop, fill: Partial<Fill> = {}): Promise<string> {
  const change = {
    kind: 'backfill',
    type: 'Item',
    field: 'label',
    set: 'old.sku',
    ...fill,
  } as const;
  return prepare(workshop, { change, selection: { kind: 'filter', filter: {} } });
}

async function refusal(doing: Promise<unknown>): Promise<TrellisError> {
  const error: unknown = await doing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TrellisError) return error;
  throw new Error(`It was not refused: ${String(error)}`);
}

describe('a backfill', () => {
  it('fills a field of a type where it is empty, and nothing else', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const one = await carry(workshop, 'item', { sku: 'A1', pieces: 2 });
      const many = await carry(workshop, 'items', ITEMS);
      const whole = await carry(workshop, 'item', { sku: 'D1', pieces: 1, label: 'Whole' });
      const id = await fillLabel(workshop);
      const rows = await casesOf(workshop, id);
      expect(rows.map(({ caseId, result }) => [caseId, result])).to.have.deep.members([
        [one, 'ready'],
        [many, 'ready'],
      ]);
      expect(rows[0]?.outlook).to.include({ filled: 1 });
      const { version } = await load(workshop, whole);
      await start(workshop, id, 'Labels are asked for from now on');
      expect(await dataOf(workshop, one)).to.deep.equal({
        item: { sku: 'A1', pieces: 2, label: 'A1' },
        items: [],
      });
      expect(await dataOf(workshop, many)).to.deep.equal({
        items: [{ sku: 'B1', pieces: 1, label: 'B1' }, ITEMS[1]],
      });
      expect(await load(workshop, whole)).to.include({ version });
      const [entry] = (await workshop.store.cases.history(many)).slice(-1);
      expect(entry?.body).to.deep.include({ operation: id, filled: ['items.0.label'] });
      for (const each of [one, many, whole]) {
        await expectFold(workshop.store, workshop.catalogue, each);
      }
    }));

  it('finds nothing to fill when it comes a second time', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      await carry(workshop, 'item', { sku: 'A1', pieces: 2 });
      await start(workshop, await fillLabel(workshop));
      expect(await casesOf(workshop, await fillLabel(workshop))).to.deep.equal([]);
    }));

  it('leaves a case as it is whose type does not take the value, and says why', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const caseId = await carry(workshop, 'item', { sku: 'A1', pieces: 2 });
      const id = await fillLabel(workshop, { set: '"a label that is far too long for it"' });
      const [row] = await casesOf(workshop, id);
      expect(row).to.include({ caseId, result: 'cannot' });
      expect(row?.message).to.contain('item.label');
    }));

  it('leaves a case alone in which somebody was faster', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const caseId = await carry(workshop, 'item', { sku: 'A1', pieces: 2 });
      const id = await fillLabel(workshop);
      await set(workshop, caseId, 'item.label', 'Mine');
      const [row] = await start(workshop, id);
      expect(row).to.include({ result: 'refused' });
      expect(await dataOf(workshop, caseId)).to.deep.include({
        item: { sku: 'A1', pieces: 2, label: 'Mine' },
      });
    }));

  it('is refused where the formula is not one for the field', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      expect((await refusal(fillLabel(workshop))).message).to.contain('No case is running');
      await carry(workshop, 'item', { sku: 'A1', pieces: 2 });
      const wrong: readonly (readonly [Partial<Fill>, string])[] = [
        [{ type: 'Thing' }, 'no type "Thing"'],
        [{ field: 'colour' }, 'no field "colour"'],
        [{ set: 'old.pieces' }, 'What fills Item.label'],
        [{ set: 'old.' }, 'What fills Item.label'],
        [{ set: 'email' }, 'What fills Item.label'],
      ];
      for (const [fill, why] of wrong) {
        const error = await refusal(fillLabel(workshop, fill));
        expect(error.code).to.equal('bad-value');
        expect(error.message).to.contain(why);
      }
    }));

  it('is taken back exactly, but for what somebody has changed since', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const one = await carry(workshop, 'item', { sku: 'A1', pieces: 2 });
      const many = await carry(workshop, 'items', ITEMS);
      const changed = await carry(workshop, 'item', { sku: 'E1', pieces: 2 });
      const before = [await dataOf(workshop, one), await dataOf(workshop, many)];
      const id = await fillLabel(workshop);
      await start(workshop, id);
      await set(workshop, one, 'note', 'Something else');
      await set(workshop, changed, 'item.label', 'Mine');
      const undo = await engine.bulk.undo(id, CLERK);
      await engine.idle();
      const rows = await start(workshop, undo);
      expect(rows.find(({ caseId }) => caseId === changed)).to.include({
        result: 'cannot',
        message: 'Somebody has changed "item.label" since.',
      });
      expect([await dataOf(workshop, one), await dataOf(workshop, many)]).to.deep.equal(before);
      expect(await dataOf(workshop, changed)).to.deep.include({
        item: { sku: 'E1', pieces: 2, label: 'Mine' },
      });
      for (const each of [one, many, changed]) await expectFold(store, catalogue, each);
    }));

  it('goes on after its host has died, each case once', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, store, clock, connectors, catalogue, lines } = workshop;
      const ids: string[] = [];
      for (let n = 0; n < 120; n += 1) {
        ids.push(await carry(workshop, 'item', { sku: `A${n}`, pieces: 2 }));
      }
      const id = await fillLabel(workshop);
      await engine.bulk.start(id, { reason: 'Because', actor: CLERK });
      await engine.stop();
      // One host after another dies in the middle, with and without its last commit.
      for (const fault of ['saves and dies', 'dies'] as const) {
        const failing = failingStore(store, [fault].values());
        const host = makeEngine({ store: failing.store, catalogue, connectors, clock, lines: [] });
        host.start();
        await host.idle();
        await host.stop();
        expect(failing.isDead()).to.equal(true);
        clock.advance(DAY / 24);
      }
      expect((await store.bulk.counts(id)).ready).to.be.greaterThan(0);
      const last = makeEngine({ store, catalogue, connectors, clock, lines });
      last.start();
      await last.idle();
      await last.stop();
      expect(await store.bulk.counts(id)).to.include({ done: 120, ready: 0, refused: 0 });
      for (const each of ids) {
        const history = await store.cases.history(each);
        const fills = history.filter(({ body }) => JSON.stringify(body).includes('"filled"'));
        expect(fills).to.have.length(1);
      }
    }));
});
