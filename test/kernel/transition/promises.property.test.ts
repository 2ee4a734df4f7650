import { expect } from 'chai';
import fc from 'fast-check';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import { persist, restore } from '../../../engine/kernel/transition/live-case.ts';
import type { LiveCase } from '../../../engine/kernel/transition/live-case.ts';
import type { StepResult } from '../../../engine/kernel/transition/step-result.ts';
import { transition } from '../../../engine/kernel/transition/transition.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled } from '../fixtures/workshop.ts';
import { HOUR, NOW, beginBy, momentAt, playOf } from './play.ts';
import { HELPER, SAMPLES } from './sample-workflows.ts';
import { World } from './world.ts';

const RUNS = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 300 : 60;

/** Enough ways to come through every state, the same in each run. */
const SET_WAYS = { numRuns: 300, seed: 2 };

/** Which event comes next: mostly one of those that can; now and then a late one, or one of a parent. */
const PICK = fc.record({
  index: fc.nat(1_000),
  from: fc.constantFrom(...([...Array<'possible'>(8).fill('possible'), 'past', 'parent'] as const)),
});
const PICKS = fc.array(PICK, { maxLength: 40 });
type Picks = readonly { readonly index: number; readonly from: 'possible' | 'past' | 'parent' }[];

/** One step that was taken, in memory. */
interface Taken {
  readonly event: CaseEvent;
  readonly now: number;
  readonly before: LiveCase;
  readonly result: StepResult;
  readonly possible: readonly CaseEvent[];
}

function firstOf(workflow: CompiledWorkflow): StepResult {
  if (workflow.workflow.name !== HELPER.name) return playOf(workflow).result;
  const first = beginBy(workflow, { kind: 'run', input: { email: 'a@ada.example' } });
  if (first.kind === 'refused') throw new Error(first.message);
  return first;
}

/** Takes a case on from its first step, by one event after the other; what is refused is left out. */
function wander(workflow: CompiledWorkflow, picks: Picks): readonly Taken[] {
  const first = firstOf(workflow);
  const world = new World(workflow);
  world.asked(first.effects);
  const taken: Taken[] = [];
  let live = first.case;
  let last = NOW;
  for (const { index, from } of picks) {
    const choice = world[from];
    const event = choice[index % Math.max(1, choice.length)];
    if (event === undefined) continue;
    const now = Math.max(last + HOUR, event.kind === 'timer' ? event.at : 0);
    const result = transition(workflow, live, event, momentAt(now));
    if (result.kind === 'refused') continue;
    world.asked(result.effects, event);
    taken.push({ event, now, before: live, result, possible: world.possible });
    live = result.case;
    last = now;
  }
  return taken;
}

function storedOf(live: LiveCase): string {
  return JSON.stringify(persist(live));
}

function restored(live: LiveCase, workflow: CompiledWorkflow): LiveCase {
  return restore(JSON.parse(storedOf(live)) as never, workflow);
}

/** Tells of every sample what holds of any way through it, by new ways each time or by set ones. */
function forAllWays(
  check: (taken: readonly Taken[], workflow: CompiledWorkflow) => void,
  ways: { readonly numRuns: number; readonly seed?: number } = { numRuns: RUNS },
): void {
  const workflows = SAMPLES.map((sample): [WrittenWorkflow, CompiledWorkflow] => [
    sample,
    compiled(sample, sample === HELPER ? [] : [HELPER]),
  ]);
  for (const [, workflow] of workflows) {
    const property = fc.property(PICKS, (picks) => {
      check(wander(workflow, picks), workflow);
    });
    fc.assert(property, ways);
  }
}

describe('on any way through a workflow', () => {
  it('a case that was stored and read back is the very same, and goes on the same', () => {
    forAllWays((taken, workflow) => {
      for (const { before, event, now, result } of taken) {
        const back = restored(before, workflow);
        expect(storedOf(back)).to.equal(storedOf(before));
        const again = transition(workflow, back, event, momentAt(now));
        if (again.kind === 'refused') throw new Error(`refused: ${again.message}`);
        expect(again.effects).to.deep.equal(result.effects);
        expect(storedOf(again.case)).to.equal(storedOf(result.case));
      }
    });
  });

  it('the events of a case, taken again from its start, give its state', () => {
    forAllWays((taken, workflow) => {
      let live = firstOf(workflow).case;
      for (const { event, now } of taken) {
        const step = transition(workflow, live, event, momentAt(now));
        if (step.kind === 'refused') throw new Error(`refused: ${step.message}`);
        live = step.case;
      }
      const last = taken.at(-1)?.result.case ?? live;
      expect(storedOf(live)).to.equal(storedOf(last));
    });
  });

  it('no case is stuck: it waits for something as long as it has not ended', () => {
    forAllWays((taken) => {
      for (const { result, possible } of taken) {
        if (result.status !== 'finished') expect(possible).not.to.have.length(0);
      }
    });
  });

  it('no work is begun twice, and a case ends once', () => {
    forAllWays((taken) => {
      const begun = taken.flatMap(({ result }) =>
        result.effects.flatMap((effect) =>
          ['call', 'run', 'task', 'ask', 'wait', 'undo', 'undo-child', 'finish'].includes(
            effect.kind,
          )
            ? [JSON.stringify({ ...effect, input: null, mail: null, data: null })]
            : [],
        ),
      );
      expect(new Set(begun).size).to.equal(begun.length);
      expect(begun.filter((text) => text.includes('"finish"')).length).to.be.lessThan(2);
    });
  });

  it('what has an undo is taken back at most once', () => {
    forAllWays((taken) => {
      const undone = taken.flatMap(({ result }) =>
        result.effects.flatMap((effect) => {
          if (effect.kind === 'undo') return [JSON.stringify(effect.input)];
          return effect.kind === 'undo-child'
            ? [`${effect.state}#${effect.visit}#${effect.item ?? ''}`]
            : [];
        }),
      );
      expect(new Set(undone).size).to.equal(undone.length);
    });
  });

  it('the ways of these tests lead through every state', () => {
    const entered = new Set<string>();
    const all = new Set<string>();
    forAllWays((taken, { states, workflow }) => {
      for (const id of states.keys()) if (id !== '') all.add(`${workflow.name}: ${id}`);
      for (const { result } of taken) {
        const { visits } = result.case.context;
        for (const id of Object.keys(visits)) entered.add(`${workflow.name}: ${id}`);
      }
    }, SET_WAYS);
    expect([...all].filter((id) => !entered.has(id))).to.deep.equal([]);
  });
});
