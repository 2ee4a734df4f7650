import { expect } from 'chai';
import fc from 'fast-check';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { CaseContext } from '../../engine/kernel/compile/case-context.ts';
import type { CaseState } from '../../engine/kernel/case-state.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import type { Fault } from './failing-store.ts';
import { failingStore } from './failing-store.ts';
import { makeEngine } from './run-engine.ts';
import { CLERK, NOW, goodConnectors, publishWorkshop } from './with-workshop.ts';

const RUNS = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 200 : 40;
const MOST = 2;
/** Longer than a lease, and than the pause of a queue that could not be looked at. */
const LATER = 121_000;

const WORKFLOW = {
  states: `
  outside: { task: { assign: { role: clerk }, form: work }, on: { done: inside } }
  inside:
    limit: { n: ${String(MOST)}, name: lab }
    states:
      doing: { task: { assign: { role: clerk }, form: work }, on: { done: over } }
      over: { final: true }
    done: outside
    on: { leave: { by: { role: clerk }, to: outside } }
  ended: { final: completed }`,
  beside: 'on: { end: { by: { role: clerk }, to: ended } }',
};

type Action =
  | { readonly kind: 'go on' | 'leave' | 'cancel' | 'suspend' | 'resume'; readonly who: number }
  | { readonly kind: 'start' };

const START: Action = { kind: 'start' };

const someone = <K extends Exclude<Action['kind'], 'start'>>(weight: number, kind: K) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), who: fc.nat(7) }),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(START) },
  someone(14, 'go on'),
  someone(1, 'leave'),
  someone(1, 'cancel'),
  someone(2, 'suspend'),
  someone(2, 'resume'),
);

const fault = fc.constantFrom<Fault>(
  ...([
    'none',
    'none',
    'none',
    'none',
    'fails',
    'saves and fails',
    'dies',
    'saves and dies',
  ] as const),
);

/** What a person does to one case, as far as it can be done now. */
async function act(engine: Engine, ids: readonly string[], one: Action): Promise<void> {
  if (one.kind === 'start') {
    const form = { data: { email: 'a@ada.example' }, own: {} };
    await engine.startCase({ workflow: 'sample', start: 'online', form, actor: CLERK });
    return;
  }
  const caseId = ids[one.who % Math.max(1, ids.length)];
  if (caseId === undefined) return;
  const why = { caseId, reason: 'Why', actor: CLERK };
  if (one.kind === 'suspend') await engine.operations.suspend(why);
  else if (one.kind === 'resume') await engine.operations.resume(why);
  else if (one.kind === 'cancel') await engine.operations.cancel({ ...why, undo: true });
  else if (one.kind === 'go on') await completeIn(engine, caseId);
  else {
    const work = { kind: 'move', from: 'inside', to: 'outside' } as const;
    await engine.operations.modify({ ...why, set: [], work });
  }
}

/** Comes to the limit, or through it; whoever waits has nothing to do. */
async function completeIn(engine: Engine, caseId: string): Promise<void> {
  const { stored, visits } = await engine.look(caseId);
  const [state = ''] = stored.states;
  const taskId = `${caseId}/${state}/${String(visits[state] ?? 0)}`;
  const form = { data: {}, own: {} };
  await engine.completeTask({ taskId, outcome: 'done', form, actor: CLERK });
}

async function casesIn(store: Store) {
  const { rows } = await store.worklist.cases({ workflow: 'sample' }, undefined, 100);
  return Promise.all(rows.map(async ({ id }) => store.cases.load(id)));
}

/** What must hold once nothing is under way: places are those of the cases, and none is free for nothing. */
async function expectRight(store: Store, rested: ReadonlySet<string>): Promise<void> {
  const places = await store.queues.places('sample/lab', 100);
  const open = (await casesIn(store)).flatMap((stored) => {
    if (stored === undefined) return [];
    const { context } = JSON.parse(stored.snapshot) as CaseState;
    const { open: work } = context as unknown as CaseContext;
    return Object.entries(work)
      .filter(([, { queue }]) => queue !== undefined)
      .map(([state, { visit, waiting }]) => ({
        ...{ caseId: stored.id, state, visit, admitted: waiting !== true },
        isAwake: stored.status !== 'suspended',
      }));
  });
  const shown = ({
    caseId,
    visit,
    admitted,
  }: {
    caseId: string;
    visit: number;
    admitted: boolean;
  }) => `${caseId}#${String(visit)} ${admitted ? 'in' : 'waits'}`;
  expect(places.map(shown).sort()).to.deep.equal(open.map(shown).sort());
  const inside = places.filter(({ admitted }) => admitted);
  expect(inside.length).to.be.at.most(MOST);
  const waiting = open.filter(({ admitted, isAwake }) => !admitted && isAwake);
  if (inside.length < MOST) expect(waiting).to.deep.equal([]);
  // Nobody has passed whoever came before, unless that one was suspended in between.
  const firstWaiting = places.findIndex(({ caseId, admitted }) => !admitted && !rested.has(caseId));
  const behind = firstWaiting < 0 ? [] : places.slice(firstWaiting);
  expect(behind.filter(({ admitted }) => admitted)).to.deep.equal([]);
}

describe('law: the places of a limit are those of the cases', () => {
  it('whatever cases do, and however often hosts die', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 20, maxLength: 60 }),
        fc.array(fault, { maxLength: 40 }),
        async (actions, faults) => {
          const clock = createSimulatedClock(NOW);
          const store = createMemoryStore();
          const catalogue = await publishWorkshop(store, [WORKFLOW]);
          const plan = faults[Symbol.iterator]();
          const connectors = goodConnectors();
          const open = (from: Iterator<Fault>) => {
            const host = failingStore(store, from);
            const engine = makeEngine({
              store: host.store,
              clock,
              catalogue,
              connectors,
              lines: [],
            });
            engine.start();
            return { host, engine };
          };
          const rested = new Set<string>();
          let running = open(plan);
          for (const one of [START, START, START, START, ...actions]) {
            if (running.host.isDead()) {
              await running.engine.stop();
              running = open(plan);
            }
            const ids = (await casesIn(store)).flatMap((stored) => stored?.id ?? []);
            if (one.kind === 'suspend') rested.add(ids[one.who % ids.length] ?? '');
            await Promise.allSettled([act(running.engine, ids, one)]);
            await running.engine.idle();
          }
          await running.engine.stop();
          const last = open([][Symbol.iterator]());
          for (let round = 0; round < 3; round += 1) {
            clock.advance(LATER);
            await last.engine.idle();
          }
          await expectRight(store, rested);
          await last.engine.stop();
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  }).timeout(120_000);
});
