import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { digestText } from '../../engine/governance/digest.ts';
import { entryHash } from '../../engine/governance/history.ts';
import { SNAPSHOT_FORMAT } from '../../engine/kernel/case-state.ts';
import type { CaseState } from '../../engine/kernel/case-state.ts';
import { persist, restore } from '../../engine/kernel/transition/live-case.ts';
import type { AuditEntry, StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { verifyCase } from '../../engine/runtime/verify.ts';
import { makeEngine } from './run-engine.ts';
import type { Workshop } from './with-workshop.ts';
import { complete, load, startSample, withWorkshop } from './with-workshop.ts';

const STEPS = {
  states: `
  taking: { call: depot.take, with: { what: email }, save: { id: result.id }, done: checking }
  checking: { task: { assign: { role: clerk }, form: work }, on: { again: taking, done: ended } }
  ended: { final: completed }`,
};

/** What a version of Trellis stored of a case of these steps that waits for its task. */
function fixture(format: number): CaseState {
  const file = `test/runtime/fixtures/snapshot-${format}.json`;
  return JSON.parse(readFileSync(file, 'utf8')) as CaseState;
}

describe('a snapshot', () => {
  it('of the format of today is read as it was written', () =>
    withWorkshop({ workflows: [STEPS] }, async ({ catalogue }) => {
      const state = fixture(SNAPSHOT_FORMAT);
      const { compiled } = await catalogue.version('sample', 1);
      expect(JSON.parse(JSON.stringify(persist(restore(state, compiled))))).to.deep.equal(state);
    }));

  for (const [name, written] of [
    ['of an earlier format', fixture(1)],
    ['by another version of XState', { ...fixture(SNAPSHOT_FORMAT), xstate: '6.0' }],
  ] as const) {
    it(`${name} is made anew of the history, and the case goes on`, () =>
      withWorkshop({ workflows: [STEPS] }, async (workshop) => {
        const caseId = await startSample(workshop);
        const { data } = await workshop.engine.look(caseId);
        const store = await writtenBefore(workshop.store, caseId, JSON.stringify(written));
        const lines: Workshop['lines'] = [];
        const later = { ...workshop, store, lines };
        const engine = makeEngine(later);
        engine.start();
        try {
          expect(await verifyCase(later, caseId)).to.equal(undefined);
          expect((await engine.look(caseId)).data).to.deep.equal(data);
          await complete({ engine, store }, caseId, 'again', { note: 'once more' });
          expect(await verifyCase(later, caseId)).to.equal(undefined);
          await complete({ engine, store }, caseId, 'done', { note: 'good' });
          expect(await load(later, caseId)).to.include({ outcome: 'completed' });
          expect(await verifyCase(later, caseId)).to.equal(undefined);
          expect(lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
        } finally {
          await engine.stop();
        }
      }));
  }
});

/** A store in which another version saved a case as it is now, with digests of what it wrote. */
async function writtenBefore(store: Store, caseId: string, snapshot: string): Promise<Store> {
  const known = (await store.cases.history(caseId)).length;
  let previous = '0'.repeat(64);
  const old = (await store.cases.history(caseId)).map((entry, index): AuditEntry => {
    // Only of its last snapshot there is a fixture.
    const digest = index + 1 === known ? snapshot : `format of before ${index}`;
    const made = { ...entry, snapshotDigest: digestText(digest), previous };
    previous = entryHash(previous, made);
    return { ...made, hash: previous };
  });
  const head = previous;
  const stored = await store.cases.load(caseId);
  if (stored === undefined) throw new Error('There is no such case.');
  let isTouched = false;
  const asBefore = (one: StoredCase): StoredCase =>
    isTouched || one.id !== caseId ? one : { ...one, snapshot, head };
  return {
    ...store,
    cases: {
      ...store.cases,
      load: async (id) => {
        const one = await store.cases.load(id);
        return one && asBefore(one);
      },
      commit: async (steps) => {
        isTouched ||= steps.some((step) => step.case.id === caseId);
        return store.cases.commit(steps);
      },
      history: async (id, after = 0, limit = Infinity) => {
        const all = [...(await store.cases.history(id))];
        if (id === caseId) all.splice(0, known, ...old);
        return all.filter(({ seq }) => seq > after).slice(0, limit);
      },
    },
  };
}
