import { expect } from 'chai';
import fc from 'fast-check';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import { persist, restore } from '../../../engine/kernel/transition/live-case.ts';
import type { Refusal, StepResult } from '../../../engine/kernel/transition/step-result.ts';
import { transition } from '../../../engine/kernel/transition/transition.ts';
import { compiledUnchecked } from '../fixtures/workshop.ts';
import { HOUR, NOW, firstStep, momentAt, shownEffects } from '../transition/play.ts';
import { HELPER } from '../transition/sample-workflows.ts';
import { World } from '../transition/world.ts';
import type { Came } from './reference-play.ts';
import { ReferencePlay } from './reference-play.ts';
import { RandomWorkflow } from './random-workflow.ts';
import { writeWorkflow } from './write-workflow.ts';

const SIZES: Readonly<Record<string, number>> = { full: 300, nightly: 10_000 };
const WORKFLOWS = SIZES[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 20;
const PATHS = 30;
const STEPS = 12;

/** One step on a random path: mostly something possible; now and then something late, or a cancel. */
const PICK = fc.record({ index: fc.nat(1_000), from: fc.nat(19) });
const PICKS = fc.array(PICK, { maxLength: STEPS });
type Picks = readonly { readonly index: number; readonly from: number }[];

/** What the kernel made of a step, in the words of the reference. */
function cameOf(result: StepResult | Refusal): Came {
  if (result.kind === 'refused') return { refused: result.code };
  const { count, other, flag, id } = result.case.context.data;
  return {
    states: result.states,
    status: result.status,
    outcome: result.outcome,
    data: { count, other, flag, ...(id !== undefined && { id }) } as never,
    effects: timersLast(shownEffects(result)),
  };
}

/**
 * Tells whether rules never came to rest. The language does not say which of two regions goes first;
 * where one never rests and another would lead outside, that decides.
 */
function isEndless(result: StepResult | Refusal, came: Came): boolean {
  return [cameOf(result), came].some((one) => 'refused' in one && one.refused === 'endless');
}

function expectSame(result: StepResult | Refusal, came: Came): void {
  // As texts: comparing part by part takes longer than the steps.
  const expected = 'refused' in came ? came : { ...came, effects: timersLast(came.effects) };
  expect(JSON.stringify(cameOf(result))).to.equal(JSON.stringify(expected));
}

/** Timers begin at the end of a step, in no order that matters. */
function timersLast(effects: readonly string[]): readonly string[] {
  const isTimer = (effect: string): boolean => effect.startsWith('timer ');
  return [...effects.filter((effect) => !isTimer(effect)), ...effects.filter(isTimer).sort()];
}

function chosen(world: World, { index, from }: Picks[number]): CaseEvent | undefined {
  const events = from === 19 ? world.parent.slice(0, 1) : from >= 17 ? world.past : world.possible;
  return events[index % Math.max(1, events.length)];
}

/** Takes the kernel and the reference along one path, and expects the same of both. */
function walk(
  compiled: CompiledWorkflow,
  first: StepResult,
  reference: ReferencePlay,
  picks: Picks,
): void {
  let result: StepResult | Refusal = first;
  const world = new World(compiled);
  world.asked(result.effects);
  let live = result.case;
  for (const [step, pick] of picks.entries()) {
    const event = chosen(world, pick);
    if (event === undefined) continue;
    const moment = momentAt(NOW + step * HOUR);
    result = transition(compiled, live, event, moment);
    const came = reference.take(event);
    if (isEndless(result, came)) return;
    expectSame(result, came);
    if (result.kind === 'refused') continue;
    world.asked(result.effects, event);
    const stored = JSON.stringify(persist(result.case));
    live = restore(JSON.parse(stored) as never, compiled);
    expect(JSON.stringify(persist(live))).to.equal(stored);
  }
}

describe('the kernel beside a second interpreter', function () {
  this.timeout(3_600_000);

  it('comes to the same states, data and effects on random paths through random workflows', () => {
    const property = fc.property(
      fc.gen(),
      fc.array(PICKS, { minLength: PATHS, maxLength: PATHS }),
      (random, paths) => {
        const model = new RandomWorkflow(random).make();
        const written = writeWorkflow(model);
        const compiled = compiledUnchecked(written, [HELPER]);
        const first = firstStep(compiled);
        for (const picks of paths) {
          const reference = new ReferencePlay(model);
          const came = reference.begin();
          if (isEndless(first, came)) return;
          expectSame(first, came);
          if (first.kind === 'refused') return;
          walk(compiled, first, reference, picks);
        }
      },
    );
    fc.assert(property, { numRuns: WORKFLOWS, endOnFailure: true });
  });
});
