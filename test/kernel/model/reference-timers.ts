/** The timers of a state, as the language tells of them. Instants are epoch milliseconds. */
import { without } from '../../../engine/kernel/types/make-type.ts';
import { FORWARD, afterWorking, workingBetween } from './working-time.ts';
import type { ModelData, ModelTimer, ModelTiming } from './model-workflow.ts';

export interface ReferenceTimer {
  readonly index: number;
  /** Since when it counts. */
  readonly begun: number;
  /** When it fires; absent while it stands still, or has nothing to follow. */
  readonly at?: number;
  /** When it would fire if it had never stood still, as far as it has been read. */
  readonly due?: number;
  /** How long it has stood still so far, and when it last went on. */
  readonly stood: number;
  readonly wentOn?: number;
  /** Since when it stands still. */
  readonly stands?: number;
  /** By how much somebody has moved it, until what it follows changes. */
  readonly moved?: number;
  /** The working time that was left when it came to stand still. */
  readonly left?: number;
  readonly turn: number;
  readonly fired: number;
}

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** The same time of day in Dublin so many days later. */
function daysLater(from: number, days: number): number {
  const later = from + days * DAY;
  if (from >= FORWARD || later < FORWARD) return later;
  return Math.max(FORWARD, later - HOUR);
}

function dueOf(timing: ModelTiming, timer: ReferenceTimer, data: ModelData): number | undefined {
  const { begun, turn } = timer;
  switch (timing.kind) {
    case 'span':
      return daysLater(begun, timing.days);
    case 'business':
      return afterWorking(begun, timing.hours * HOUR);
    case 'every':
      return begun + turn * timing.hours * HOUR;
    case 'in':
      return begun + Math.max(0, timing.hours(data)) * HOUR;
    case 'at':
      return timing.instant(data, begun);
  }
}

/** The timers of a state at the end of a step: new ones begin, others follow, stand still or go on. */
export function keptTimers(
  timers: readonly ModelTimer[],
  known: readonly ReferenceTimer[] | undefined,
  data: ModelData,
  isIn: (id: string) => boolean,
  now: number,
): readonly ReferenceTimer[] {
  const running =
    known ?? timers.map((_timer, index) => ({ index, begun: now, stood: 0, turn: 1, fired: 0 }));
  return running.flatMap((timer) => {
    const written = timers[timer.index];
    if (written === undefined) return [];
    const due = dueOf(written.timing, timer, data);
    const mustStand = written.pauseWhile.some(({ id }) => isIn(id));
    const isWorking = written.timing.kind === 'business';
    return [standing(followed(timer, due), mustStand, now, isWorking)];
  });
}

function followed(timer: ReferenceTimer, due: number | undefined): ReferenceTimer {
  if (timer.due === due) return timer;
  const rest = without(without(without(timer, 'due'), 'at'), 'moved');
  if (due === undefined) return rest;
  if (timer.stands !== undefined) return { ...rest, due };
  return { ...rest, due, at: fires(due, rest) };
}

/** It fires later by as long as it stood still, and not while it did. */
function fires(
  due: number,
  { stood, wentOn = -Infinity, moved = 0 }: Omit<ReferenceTimer, 'due'>,
): number {
  return Math.max(due + stood + moved, wentOn);
}

/** A timer that runs, which fires at another time now. */
export function movedTimer(timer: ReferenceTimer, at: number): ReferenceTimer {
  const { due = at, stood } = timer;
  return { ...timer, at, moved: at - due - stood };
}

function standing(
  timer: ReferenceTimer,
  mustStand: boolean,
  now: number,
  isWorking: boolean,
): ReferenceTimer {
  const { stands, left, at = now } = timer;
  if (mustStand === (stands !== undefined)) return timer;
  if (isWorking && stands === undefined) {
    return { ...without(timer, 'at'), stands: now, left: workingBetween(now, at) };
  }
  if (left !== undefined) {
    return { ...without(without(timer, 'stands'), 'left'), at: afterWorking(now, left) };
  }
  const rest = without(without(timer, 'at'), 'stands');
  if (stands === undefined) return { ...rest, stands: now };
  const going = { ...rest, stood: rest.stood + now - stands, wentOn: now };
  return going.due === undefined ? going : { ...going, at: fires(going.due, going) };
}

/** What is left of a timer that fires: nothing, or its next turn that is still to come. */
export function firedTimer(
  { timing }: ModelTimer,
  timer: ReferenceTimer,
  now: number,
): readonly ReferenceTimer[] {
  const { index, at = now } = timer;
  const fired = timer.fired + 1;
  if (timing.kind !== 'every' || fired >= (timing.atMost ?? Infinity)) return [];
  const span = timing.hours * HOUR;
  // What stood still counts from where it fired.
  let turn = 1;
  while (at + turn * span <= now) turn += 1;
  return [{ index, begun: at, stood: 0, turn, fired }];
}
