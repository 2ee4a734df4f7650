import type { CaseContext, Moment, OpenWork, RunningTimer } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { StateTimer } from '../compile/timers.ts';
import type { Effect, Visit } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import { without } from '../types/make-type.ts';

type TimerEvent = Extract<CaseEvent, { readonly kind: 'timer' }>;

/** A context whose timers are as they should be, and what that asks of the world. */
export interface KeptTimers {
  readonly context: CaseContext;
  readonly effects: readonly Effect[];
}

/**
 * Ends a step for the timers of a case: those of states that were entered begin, others follow what
 * they read, stand still or go on.
 */
export function keepTimers(
  compiled: CompiledWorkflow,
  context: CaseContext,
  moment: Moment,
): KeptTimers {
  if (compiled.timers.size === 0) return { context, effects: [] };
  const effects: Effect[] = [];
  let { open } = context;
  for (const [state, work] of Object.entries(context.open)) {
    const timers = compiled.timers.get(state);
    if (timers === undefined || work.calledOff === true || work.waiting === true) continue;
    const kept = keepVisit(timers, work, context, moment);
    if (kept === work.timers) continue;
    effects.push(...changes({ state, visit: work.visit }, work.timers ?? [], kept));
    open = { ...open, [state]: { ...work, timers: kept } };
  }
  return { context: open === context.open ? context : { ...context, open }, effects };
}

/** A timer is due while its case is being undone: it fires when that is over. */
export function missTimer(
  context: CaseContext,
  { state, visit, timer, at }: TimerEvent,
): CaseContext | undefined {
  const work = context.open[state];
  const running = work?.timers?.find(({ name }) => name === timer);
  if (work?.visit !== visit || running?.at !== at) return undefined;
  const timers = (work.timers ?? []).map((one) =>
    one === running ? { ...one, missed: true as const } : one,
  );
  return { ...context, open: { ...context.open, [state]: { ...work, timers } } };
}

/**
 * Lets a timer fire: it is over for this visit, or its next turn begins. Answers `undefined` where
 * no timer is due then: it has fired, was moved, stands still or was called off.
 */
export function fireTimer(
  compiled: CompiledWorkflow,
  context: CaseContext,
  { state, visit, timer, at }: TimerEvent,
  moment: Moment,
): CaseContext | undefined {
  const work = context.open[state];
  const running = work?.timers?.find(({ name }) => name === timer);
  if (work?.visit !== visit || running?.at !== at) return undefined;
  const definition = compiled.timers.get(state)?.find(({ name }) => name === timer);
  const next = definition && nextTurn(definition, running, moment);
  const timers = (work.timers ?? []).flatMap((one) => (one === running ? (next ?? []) : one));
  return { ...context, open: { ...context.open, [state]: { ...work, timers } } };
}

function keepVisit(
  timers: readonly StateTimer[],
  work: OpenWork,
  context: CaseContext,
  moment: Moment,
): readonly RunningTimer[] {
  const known = work.timers;
  const kept = timers.flatMap((timer) => {
    if (timer.endsWithWork && work.ended !== undefined) return [];
    const running = known
      ? known.find(({ name }) => name === timer.name)
      : { name: timer.name, begun: moment.now };
    return running === undefined ? [] : keep(timer, running, context, moment);
  });
  const isSame =
    kept.length === known?.length && kept.every((timer, index) => timer === known[index]);
  return isSame ? known : kept;
}

function keep(
  timer: StateTimer,
  running: RunningTimer,
  context: CaseContext,
  moment: Moment,
): RunningTimer {
  const followed = follow(timer, caughtUp(running, context), context, moment);
  if (timer.pauseWhile.length === 0) return followed;
  const isPaused = timer.pauseWhile.some((state) => isUnderWay(context, state));
  if (isPaused === (followed.paused !== undefined)) return followed;
  return isPaused ? pause(timer, followed, moment) : resume(timer, followed, moment);
}

/** The case is in a state, and nobody has called off what goes on there. */
function isUnderWay({ open }: CaseContext, state: string): boolean {
  const work = open[state];
  return work !== undefined && work.calledOff !== true;
}

/** A timer that has not been set, or whose value has changed, is set anew. */
function follow(
  timer: StateTimer,
  running: RunningTimer,
  context: CaseContext,
  moment: Moment,
): RunningTimer {
  const value = timer.read?.(context, running.begun, moment);
  const isSet = running.at !== undefined || running.paused !== undefined;
  if (timer.read === undefined ? isSet : running.value === value) return running;
  const followed = { ...unset(running), ...(value === undefined ? {} : { value }) };
  const due = timer.due(running.begun, running.turn ?? 1, value, moment);
  if (running.paused !== undefined) {
    const { ran } = running.paused;
    const left = due === undefined ? undefined : leftOf(timer, running.begun, due, ran, moment);
    return { ...followed, paused: { ran, ...(left === undefined ? {} : { left }) } };
  }
  if (due === undefined) return followed;
  if (running.resumed === undefined) return { ...followed, at: due };
  const { since, ran } = running.resumed;
  const left = leftOf(timer, running.begun, due, ran, moment);
  return { ...followed, at: timer.meter(moment).advance(since, left) };
}

function unset(running: RunningTimer): RunningTimer {
  const { at, missed, ...rest } = running;
  return at === undefined && missed === undefined ? running : rest;
}

/** One that was missed is due again as soon as nothing of the case is being undone. */
function caughtUp(running: RunningTimer, { undoing }: CaseContext): RunningTimer {
  if (running.missed === undefined || undoing !== undefined) return running;
  return without(running, 'missed');
}

/** How much is left of a span of which some has passed. */
function leftOf(
  timer: StateTimer,
  begun: number,
  due: number,
  ran: number,
  moment: Moment,
): number {
  return Math.max(0, timer.meter(moment).measure(begun, due) - ran);
}

function pause(timer: StateTimer, running: RunningTimer, moment: Moment): RunningTimer {
  const { at, resumed, ...rest } = running;
  const meter = timer.meter(moment);
  const { since, ran } = resumed ?? { since: running.begun, ran: 0 };
  return {
    ...rest,
    paused: {
      ran: ran + meter.measure(since, moment.now),
      ...(at === undefined ? {} : { left: meter.measure(moment.now, at) }),
    },
  };
}

function resume(timer: StateTimer, running: RunningTimer, moment: Moment): RunningTimer {
  const { paused, ...rest } = running;
  const { ran = 0, left } = paused ?? {};
  return {
    ...rest,
    resumed: { since: moment.now, ran },
    ...(left === undefined ? {} : { at: timer.meter(moment).advance(moment.now, left) }),
  };
}

/** The next turn of a timer that fires again; turns that were missed are passed over. */
function nextTurn(
  timer: StateTimer,
  running: RunningTimer,
  moment: Moment,
): RunningTimer | undefined {
  const fired = (running.fired ?? 0) + 1;
  if (fired >= timer.atMost) return undefined;
  const { name, at = moment.now, turn = 1 } = running;
  // One that was moved, or stood still, counts from where it fired.
  const isOnCourse = at === timer.due(running.begun, turn, undefined, moment);
  const begun = isOnCourse ? running.begun : at;
  let next = isOnCourse ? turn + 1 : 1;
  while (isMissed(timer.due(begun, next, undefined, moment), moment)) next += 1;
  return { name, begun, turn: next, fired };
}

function isMissed(due: number | undefined, { now }: Moment): boolean {
  return due !== undefined && due <= now;
}

/** What has changed between the timers of a visit as they were set, and as they are to be. */
function changes(
  visit: Visit,
  before: readonly RunningTimer[],
  after: readonly RunningTimer[],
): readonly Effect[] {
  const names = new Set([...before, ...after].map(({ name }) => name));
  return [...names].flatMap((timer): readonly Effect[] => {
    const [old, now] = [before, after].map((timers) => timers.find(({ name }) => name === timer));
    const [was, is] = [old?.at, now?.at];
    if (was === is && old?.missed === now?.missed) return [];
    if (was === is && now?.missed === true) return [];
    return [
      ...(was === undefined ? [] : [{ kind: 'stop-timer', ...visit, timer } as const]),
      ...(is === undefined ? [] : [{ kind: 'timer', ...visit, timer, at: is } as const]),
    ];
  });
}
