import { checkSource } from '../../engine/kernel/check/check-workflow.ts';
import type { CompiledWorkflow } from '../../engine/kernel/compile/compile-workflow.ts';
import { compileWorkflow } from '../../engine/kernel/compile/compile-workflow.ts';
import type { Moment } from '../../engine/kernel/compile/case-context.ts';
import type { WorkflowSource } from '../../engine/kernel/definition/workflow.ts';
import { readCore } from '../../engine/governance/core/read-core.ts';
import { begin } from '../../engine/kernel/transition/begin.ts';
import { persist, restore } from '../../engine/kernel/transition/live-case.ts';
import type { LiveCase } from '../../engine/kernel/transition/live-case.ts';
import { transition } from '../../engine/kernel/transition/transition.ts';
import { loadCore, momentOf } from '../../engine/runtime/catalogue.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { bareLoop } from './bare-machine.ts';
import { closedLoop, median } from './closed-loop.ts';
import { ARRIVAL, CORE_FILES, LOOP } from './company.ts';

/** How often the three take turns, so that a busy machine slows all. */
const ROUNDS = 9;
/** Steps between two looks at the clock. */
const STRIDE = 100;

/**
 * Measures steps of the kernel alone, a call answered in each: from the stored text of a case to its
 * next (`kernel.stored`), and with the case kept in memory (`kernel.hot`). The limit of both is
 * XState alone, with the same states, from the stored text to its next.
 */
export async function measureKernel(seconds: number): Promise<readonly Figure[]> {
  const { compiled, moment, live } = firstCase();
  const bare = bareLoop(live.context.data);
  let bareText = bare.first;
  let text = storedOf(live);
  let hot = live;
  const turns = {
    bare: () => {
      bareText = bare.step(bareText);
    },
    stored: () => {
      const read = restore(JSON.parse(text) as never, compiled);
      text = storedOf(next(read, compiled, moment));
    },
    hot: () => {
      hot = next(hot, compiled, moment);
      storedOf(hot);
    },
  };
  const found = { bare: [] as number[], stored: [] as number[], hot: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['bare', 'stored', 'hot'] as const) {
      const strides = await closedLoop(1, seconds / ROUNDS / 3, () => {
        for (let step = 0; step < STRIDE; step++) turns[name]();
        return Promise.resolve();
      });
      // The first round is for the compiler of the language itself.
      if (round > 0) found[name].push(strides * STRIDE);
    }
  }
  const limit = median(found.bare);
  return [
    figure('kernel.stored', median(found.stored), 'transitions/s', limit),
    figure('kernel.hot', median(found.hot), 'transitions/s', limit),
  ];
}

function storedOf(live: LiveCase): string {
  return JSON.stringify(persist(live));
}

/** Answers the call that a case waits for. */
function next(live: LiveCase, compiled: CompiledWorkflow, moment: Moment): LiveCase {
  const [state = ''] = Object.keys(live.context.open);
  const result = { rideNo: 'R-1', billNo: 'B-1' };
  const visit = live.context.visits[state] ?? 0;
  const step = transition(compiled, live, { kind: 'done', state, visit, result }, moment);
  if (step.kind === 'refused') throw new Error(step.message);
  return step.case;
}

function firstCase(): { compiled: CompiledWorkflow; moment: Moment; live: LiveCase } {
  const { compiled, moment } = compiledForBench(LOOP);
  const starter = { kind: 'staff', id: 'u-1', name: 'Sam Sorter' } as const;
  const identity = { id: 'c1', reference: 'L-1', starter };
  const beginning = { kind: 'form', start: 'handed-in', form: ARRIVAL } as const;
  const first = begin(compiled, identity, beginning, moment);
  if (first.kind === 'refused') throw new Error(first.message);
  return { compiled, moment, live: first.case };
}

/** Compiles a workflow of the bench's company, without an engine around it. */
export function compiledForBench(source: WorkflowSource): {
  readonly compiled: CompiledWorkflow;
  readonly moment: Moment;
} {
  const { core, problems } = readCore(CORE_FILES);
  if (core === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const loaded = loadCore(core, '1.1');
  const checked = checkSource(source, loaded.view);
  if (checked.workflow === undefined) {
    throw new Error(checked.problems.map(({ message }) => message).join('\n'));
  }
  const compiled = compileWorkflow(checked.workflow, loaded.view, loaded.validator);
  const moment = momentOf(loaded, Date.parse('2027-03-01T09:00Z'));
  return { compiled, moment };
}
