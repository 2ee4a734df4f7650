import type { Delay } from '../definition/values.ts';
import type { State } from '../definition/state.ts';
import type { Timer } from '../definition/rules.ts';
import type { Json } from '../json.ts';
import { DURATION } from '../types/make-type.ts';
import type { CalendarRules } from '../values/calendar.ts';
import { delayFrom } from '../values/delay.ts';
import { parseDuration } from '../values/duration.ts';
import { isIsoDate, isoInstant } from '../values/iso-date.ts';
import type { Meter } from '../values/meter.ts';
import { ELAPSED, workingDays, workingHours } from '../values/meter.ts';
import { startOfDate } from '../values/zone.ts';
import type { CaseContext, Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileFormula } from './formula.ts';

/** A timer of a state, ready to be counted. Instants are epoch milliseconds. */
export interface StateTimer {
  readonly name: string;
  /** The ids of the states in which it stands still. */
  readonly pauseWhile: readonly string[];
  /** It is called off as soon as the state's work has ended. */
  readonly endsWithWork: boolean;
  /** How often it fires in one visit. */
  readonly atMost: number;
  meter(moment: Moment): Meter;
  /** What it follows, as a stored value; a `now` in it means when it began. Absent for a span. */
  read?(context: CaseContext, begun: number, moment: Moment): Json;
  /** When it fires for the `turn`-th time (1 is the first); `undefined` while what it follows is empty. */
  due(begun: number, turn: number, value: Json | undefined, moment: Moment): number | undefined;
}

/** The timer of an escalation's rung; the other timers of a state are named by their index. */
export function escalationTimer(rung: number): string {
  return `escalate-${rung}`;
}

/** Compiles the timers of every state that has some, by the state's id. */
export function compileTimers(
  states: ReadonlyMap<string, State>,
  compilation: Compilation,
): ReadonlyMap<string, readonly StateTimer[]> {
  const compiled = new Map<string, readonly StateTimer[]>();
  for (const [id, state] of states) {
    // Each item of a `forEach` has escalations of its own, which begin with it.
    const isOne = state.kind === 'task' && state.forEach === undefined;
    const escalate = isOne ? state.escalate : [];
    const timers = [
      ...state.after.map((timer, index) => compileTimer(timer, index, state, compilation)),
      ...escalate.map(({ after }, rung): StateTimer => ({
        ...spanTimer(escalationTimer(rung), after),
        endsWithWork: true,
      })),
    ];
    if (timers.length > 0) compiled.set(id, timers);
  }
  return compiled;
}

function compileTimer(
  timer: Timer,
  index: number,
  state: State,
  compilation: Compilation,
): StateTimer {
  const { timing, pauseWhile } = timer;
  const name = String(index);
  const calendar =
    timer.calendar === undefined ? undefined : compilation.core.calendars.get(timer.calendar);
  switch (timing.kind) {
    case 'span':
      return { ...spanTimer(name, timing.span, calendar), pauseWhile };
    case 'every': {
      const { span, atMost = Infinity } = timing;
      return { ...spanTimer(name, span, calendar), pauseWhile, atMost };
    }
    default: {
      const expected = timing.kind === 'in' ? DURATION : undefined;
      const formula = compileFormula(timing.value, compilation.scopes.case, expected);
      const meter = calendar === undefined ? ELAPSED : workingHours(calendar);
      return {
        ...{ name, pauseWhile, atMost: 1, endsWithWork: false },
        meter: () => meter,
        read: (context, begun, moment) =>
          formula(compilation.values(context, state.id), { ...moment, now: begun }),
        due: (begun, _turn, value, moment) =>
          timing.kind === 'at' ? instantOf(value, moment) : after(begun, value, meter),
      };
    }
  }
}

function spanTimer(name: string, written: Delay, named?: CalendarRules): StateTimer {
  const span = named === undefined ? written : inWorkingTime(written);
  return {
    ...{ name, pauseWhile: [], atMost: 1, endsWithWork: false },
    meter: ({ calendar }) => meterOf(span, named ?? calendar),
    // Every turn is counted from the beginning, so that months end where they should.
    due: (begun, turn, _value, { timeZone, calendar }) =>
      delayFrom(begun, { ...span, amount: span.amount * turn }, timeZone, named ?? calendar),
  };
}

function meterOf({ unit }: Delay, calendar: CalendarRules): Meter {
  if (unit === 'business hours') return workingHours(calendar);
  return unit === 'business days' ? workingDays(calendar) : ELAPSED;
}

const HOURS_IN: Readonly<Partial<Record<Delay['unit'], number>>> = {
  seconds: 1 / 3600,
  minutes: 1 / 60,
  hours: 1,
};

/** A span beside which a calendar is named: its hours and days are working ones. */
function inWorkingTime({ amount, unit }: Delay): Delay {
  const hours = HOURS_IN[unit];
  if (hours !== undefined) return { amount: amount * hours, unit: 'business hours' };
  return { amount, unit: unit === 'days' ? 'business days' : unit };
}

/** A date means its first instant in the company's zone. */
function instantOf(value: Json | undefined, { timeZone }: Moment): number | undefined {
  if (typeof value !== 'string') return undefined;
  return isIsoDate(value) ? startOfDate(timeZone, value) : Date.parse(value);
}

function after(begun: number, value: Json | undefined, meter: Meter): number | undefined {
  const span = typeof value === 'string' ? parseDuration(value) : undefined;
  if (span === undefined) return undefined;
  const due = meter.advance(begun, Math.max(0, span));
  isoInstant(due);
  return due;
}
