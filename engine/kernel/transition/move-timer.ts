/** The timers of a case as staff see and move them. */
import type { CaseContext, ItemTimer, RunningTimer } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { STEP_EVENT } from '../compile/names.ts';
import type { Effect, Visit } from '../effects.ts';
import { visitOf } from '../effects.ts';
import type { WorkChange } from '../event.ts';
import { isoInstant } from '../values/iso-date.ts';
import { itemTimer, setItemTimer } from './item-timers.ts';
import type { LiveCase } from './live-case.ts';
import { progressOf, withContext } from './live-case.ts';
import { send, settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';

type MoveTimer = Extract<WorkChange, { readonly kind: 'timer' }>;

/** A timer of one visit of a state, or an escalation of one item of it. */
export interface CaseTimer extends Visit {
  readonly timer: string;
  /** When it fires (epoch milliseconds); absent while it stands still, or what it follows is empty. */
  readonly at?: number;
  readonly standsStill: boolean;
}

/** The timers of the states that a case is in: the next first, those that do not run last. */
export function caseTimers(live: LiveCase): readonly CaseTimer[] {
  if (progressOf(live) !== 'active') return [];
  const timers = Object.entries(live.context.open).flatMap(([state, work]): CaseTimer[] => {
    if (work.calledOff === true) return [];
    const { visit, items } = work;
    return [
      ...(work.timers ?? []).map(({ name, at, paused }) => ({
        ...{ state, visit, timer: name, standsStill: paused !== undefined },
        ...(at === undefined ? {} : { at }),
      })),
      ...(items?.timers ?? []).map(({ item, name, at }) => ({
        ...{ state, visit, item, timer: name, at, standsStill: false },
      })),
    ];
  });
  return timers.sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
}

/** Lets a running timer fire at another time. What it follows moves it again when that changes. */
export function moveTimer(
  compiled: CompiledWorkflow,
  live: LiveCase,
  move: MoveTimer,
  now: number,
): StepResult | Refusal {
  const running = timerIn(live, move);
  const { timer, at } = move;
  const unfit = running === undefined ? GONE : misfit(running, at, now);
  if (running === undefined || unfit !== undefined) return refusal('not-possible', unfit ?? GONE);
  const moved = withContext(live, withTimerAt(live.context, move, running));
  const result = settle(compiled, send(compiled, moved, STEP_EVENT), false);
  // What is read again in this step may have led on, or set the timer by its value.
  if (timerIn(result.case, move)?.at !== at || running.at === at) return result;
  const set: readonly Effect[] = [
    { kind: 'stop-timer', ...visitOf(move), timer },
    { kind: 'timer', ...visitOf(move), timer, at },
  ];
  return { ...result, effects: [...set, ...result.effects] };
}

function withTimerAt(
  context: CaseContext,
  move: MoveTimer,
  running: RunningTimer | ItemTimer,
): CaseContext {
  const { state, item, at } = move;
  if ('item' in running) {
    return setItemTimer(context, { ...move, item: item ?? running.item }, running, at);
  }
  const work = context.open[state];
  if (work === undefined) return context;
  const timers = (work.timers ?? []).map((one) => (one === running ? { ...one, at } : one));
  return { ...context, open: { ...context.open, [state]: { ...work, timers } } };
}

const GONE = 'This time limit is not running any more: it is over, or the case has gone on.';

function timerIn({ context }: LiveCase, move: MoveTimer): RunningTimer | ItemTimer | undefined {
  const { state, visit, item, timer } = move;
  if (item !== undefined) return itemTimer(context, { state, visit, item, timer });
  const work = context.open[state];
  if (work?.visit !== visit || work.calledOff === true) return undefined;
  return work.timers?.find(({ name }) => name === timer);
}

function misfit(running: RunningTimer | ItemTimer, at: number, now: number): string | undefined {
  if ('paused' in running) return 'This time limit stands still. It can be moved when it goes on.';
  if (running.at === undefined) return 'This time limit has no time yet: what it follows is empty.';
  if (at <= now) return 'A time limit is moved to a time that is still to come.';
  isoInstant(at);
  return undefined;
}
