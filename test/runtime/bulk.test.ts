import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { BulkOrder } from '../../engine/runtime/bulk-desk.ts';
import { expectFold } from './fold-history.ts';
import { failingStore } from './failing-store.ts';
import { makeEngine } from './run-engine.ts';
import { casesOf, prepare, start } from './with-bulk.ts';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  DAY,
  callsOf,
  complete,
  load,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const WORKFLOWS = [
  {
    states: `
  taking:
    call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: checking
  checking:
    task: { assign: { role: clerk }, form: work }
    on: { done: ended }
    after: { 2 days: late }
  late: { final: late }
  ended: { final: completed }`,
  },
];

const ALL = { kind: 'filter', filter: { workflow: 'sample' } } as const;

async function startMany(workshop: Workshop, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await startSample(workshop));
  return ids;
}

async function statuses(workshop: Workshop, ids: readonly string[]): Promise<readonly string[]> {
  return Promise.all(ids.map(async (id) => (await load(workshop, id)).status));
}

async function refusal(doing: Promise<unknown>): Promise<string> {
  const error: unknown = await doing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof TrellisError ? error.code : String(error);
}

describe('operations on many cases', () => {
  it('say first what would happen, and change nothing until they are started', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { store, engine, catalogue } = workshop;
      const ids = await startMany(workshop, 3);
      const done = ids[0] ?? '';
      await complete(workshop, done, 'done');
      const id = await prepare(workshop, {
        change: { kind: 'suspend' },
        selection: { kind: 'cases', ids },
      });
      expect(await store.bulk.operation(id)).to.include({ status: 'prepared' });
      expect(await statuses(workshop, ids)).to.deep.equal(['finished', 'active', 'active']);
      const groups = await store.bulk.groups(id, 9);
      expect(groups.map(({ result, count }) => [result, count])).to.deep.equal([
        ['ready', 2],
        ['cannot', 1],
      ]);
      expect(groups[0]?.outlook).to.deep.include({ from: ['checking'], status: 'suspended' });
      expect(groups[1]?.message).to.contain('ended');
      const results = await start(workshop, id, 'Stocktaking');
      expect(results.map(({ result }) => result)).to.have.members(['cannot', 'done', 'done']);
      expect(await store.bulk.operation(id)).to.include({ status: 'done', reason: 'Stocktaking' });
      expect(await statuses(workshop, ids)).to.deep.equal(['finished', 'suspended', 'suspended']);
      const [entry] = (await store.cases.history(ids[1] ?? '')).slice(-1);
      expect(entry).to.deep.include({ kind: 'suspend', actor: CLERK });
      expect(entry?.body).to.deep.include({ reason: 'Stocktaking', operation: id });
      for (const each of ids) await expectFold(store, catalogue, each);
      expect(await refusal(engine.bulk.start(id, { reason: 'x', actor: CLERK }))).to.equal(
        'operation-moved',
      );
    }));

  it('take back what they suspended, but for what somebody changed since', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, store } = workshop;
      const ids = await startMany(workshop, 3);
      const [first = '', second = ''] = ids;
      const before = await prepare(workshop, {
        change: { kind: 'suspend' },
        selection: { kind: 'cases', ids: [first, second] },
      });
      await start(workshop, before);
      await engine.operations.resume({ caseId: first, reason: 'Urgent', actor: CLERK });
      await engine.operations.suspend({ caseId: first, reason: 'Not so urgent', actor: CLERK });
      await engine.operations.suspend({ caseId: ids[2] ?? '', reason: 'Alone', actor: CLERK });
      const id = await engine.bulk.undo(before, CLERK);
      await engine.idle();
      expect(await store.bulk.operation(id)).to.deep.include({
        undoes: before,
        change: { kind: 'resume' },
      });
      const results = await start(workshop, id);
      expect(results.find(({ caseId }) => caseId === first)?.message).to.contain('since');
      expect(await statuses(workshop, ids)).to.deep.equal(['suspended', 'active', 'suspended']);
    }));

  it('call cases off, with what they did taken back, and change what they carry', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const ids = await startMany(workshop, 2);
      const order: Omit<BulkOrder, 'actor'> = {
        change: { kind: 'modify', set: [{ field: 'note', value: 'By hand' }] },
        selection: ALL,
      };
      await start(workshop, await prepare(workshop, order));
      for (const each of ids) {
        expect((await workshop.engine.look(each)).data).to.include({ note: 'By hand' });
      }
      const id = await prepare(workshop, { change: { kind: 'cancel' }, selection: ALL });
      const [row] = await casesOf(workshop, id);
      expect(row?.outlook).to.include({ status: 'undoing', undone: 1 });
      await start(workshop, id);
      expect(await statuses(workshop, ids)).to.deep.equal(['finished', 'finished']);
      expect(callsOf(workshop, 'depot.give')).to.have.length(2);
    }));

  it('stop in the middle, and go on', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, store, clock } = workshop;
      const ids = await startMany(workshop, 3);
      const id = await prepare(workshop, { change: { kind: 'suspend' }, selection: ALL });
      await engine.bulk.start(id, { reason: 'Because', actor: CLERK });
      await engine.bulk.stop(id);
      await pass(workshop, 1000);
      const counts = await store.bulk.counts(id);
      expect(counts.done + counts.ready).to.equal(3);
      const suspended = (await statuses(workshop, ids)).filter((one) => one === 'suspended');
      expect(suspended).to.have.length(counts.done);
      expect(await refusal(engine.bulk.stop(id))).to.equal('operation-moved');
      clock.advance(DAY / 2);
      await engine.bulk.goOn(id);
      await engine.idle();
      expect(await store.bulk.counts(id)).to.include({ ready: 0, done: 3 });
      expect(await store.bulk.operation(id)).to.include({ status: 'done' });
    }));

  it('refuse what makes no sense', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine } = workshop;
      const nothing = engine.bulk.prepare({
        change: { kind: 'suspend' },
        selection: { kind: 'cases', ids: [] },
        actor: CLERK,
      });
      expect(await refusal(nothing)).to.equal('nothing-chosen');
      const nowhere = engine.bulk.prepare({
        change: { kind: 'migrate', workflow: 'sample', to: 7, mapping: {} },
        selection: ALL,
        actor: CLERK,
      });
      expect(await refusal(nowhere)).to.equal('no-workflow');
      expect(await refusal(engine.bulk.stop('unknown'))).to.equal('no-operation');
      const id = await prepare(workshop, { change: { kind: 'cancel' }, selection: ALL });
      expect(await refusal(engine.bulk.start(id, { reason: ' ', actor: CLERK }))).to.equal(
        'no-reason',
      );
      await engine.bulk.stop(id);
      expect(await refusal(engine.bulk.goOn(id))).to.equal('operation-moved');
      expect(await refusal(engine.bulk.undo(id, CLERK))).to.equal('not-possible');
    }));

  it('go on after their host has died, each case once', () =>
    withWorkshop({ workflows: WORKFLOWS }, async (workshop) => {
      const { engine, store, clock, connectors, catalogue, lines } = workshop;
      const ids = await startMany(workshop, 120);
      const id = await prepare(workshop, { change: { kind: 'suspend' }, selection: ALL });
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
        expect(history.filter(({ kind }) => kind === 'suspend')).to.have.length(1);
      }
    }));
});
