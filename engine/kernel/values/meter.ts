import { addBusinessMinutes, businessMinutesBetween } from './business-time.ts';
import type { CalendarRules } from './calendar.ts';

/** How a span is counted: as time that passes, or as the working time of a calendar. */
export interface Meter {
  /** How much of it lies between two instants, in milliseconds; 0 where the second is earlier. */
  measure(from: number, to: number): number;
  /** The instant at which so many milliseconds of it will have passed. */
  advance(from: number, span: number): number;
}

const MINUTE = 60_000;

export const ELAPSED: Meter = {
  measure: (from, to) => Math.max(0, to - from),
  advance: (from, span) => from + span,
};

/** Counts the working hours of a calendar. */
export function workingHours(rules: CalendarRules): Meter {
  return {
    measure: (from, to) => businessMinutesBetween(from, to, rules) * MINUTE,
    advance: (from, span) => addBusinessMinutes(from, span / MINUTE, rules),
  };
}

/** Counts working days whole, from midnight to midnight. */
export function workingDays(rules: CalendarRules): Meter {
  const worked = rules.hours.filter(({ from, to }) => to > from).map(({ weekday }) => weekday);
  const hours = [...new Set(worked)].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }));
  return workingHours({ ...rules, hours });
}
