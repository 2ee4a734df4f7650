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
import { median } from './closed-loop.ts';
import { ARRIVAL, CORE_FILES, LOOP } from './company.ts';

/** Steps of each until the compiler of the language has done its part. */
const WARM = 4_000;
/** Steps of each in its turn: a few milliseconds, so that a busy machine slows all three. */
const STRIDE = 200;
/** As many turns at least, however short the time. */
const LEAST = 9;

/**
 * Measures steps of the kernel alone, a call answered in each: from the stored text of a case to its
 * next (`kernel.stored`), and with the case kept in memory (`kernel.hot`). The limit of both is
 * XState alone, with the same states, from the stored text to its next. What counts is processor time,
 * so that the time in which others work does not.
 */
export function measureKernel(seconds: number): readonly Figure[] {
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
  const names = ['bare', 'stored', 'hot'] as const;
  const found = { bare: [] as number[], stored: [] as number[], hot: [] as number[] };
  for (const name of names) rateOf(turns[name], WARM);
  const before = process.cpuUsage();
  while (secondsSince(before) < seconds || found.hot.length < LEAST) {
    for (const name of names) found[name].push(rateOf(turns[name], STRIDE));
  }
  const limit = median(found.bare);
  return [
    figure('kernel.stored', median(found.stored), 'transitions/s', limit),
    figure('kernel.hot', median(found.hot), 'transitions/s', limit),
  ];
}

/** Takes steps; answers how many there would be in a second of processor time. */
function rateOf(step: () => void, steps: number): number {
  const before = process.cpuUsage();
  for (let taken = 0; taken < steps; taken++) step();
  return steps / secondsSince(before);
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
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
