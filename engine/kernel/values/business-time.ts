import { TrellisError } from '../errors.ts';
import type { CalendarRules } from './calendar.ts';
import type { DayNumber } from './iso-date.ts';
import { dayNumber, isoDate, weekdayOf } from './iso-date.ts';
import { instantOf, wallTime } from './zone.ts';

/** A stretch of working time within one day, in minutes since midnight. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A calendar made quick to ask. */
interface WorkingDays {
  /** By weekday (1–7) the working stretches, earliest first. */
  readonly stretches: readonly (readonly Stretch[])[];
  readonly holidays: ReadonlySet<DayNumber>;
  /** Holidays that fall on days that would be working days, sorted. */
  readonly missed: readonly DayNumber[];
}

/** More days than this are not searched for working time: about 270 years. */
const FURTHEST = 100_000;

const KNOWN = new WeakMap<CalendarRules, WorkingDays>();

/**
 * Adds working minutes to an instant (epoch milliseconds): the instant at which so much working
 * time will have passed. Time outside the working hours does not count; the clock on the wall does.
 * @throws `TrellisError` with code `arithmetic` where the calendar has not that much time.
 */
export function addBusinessMinutes(start: number, minutes: number, rules: CalendarRules): number {
  if (minutes < 0) throw new TrellisError('arithmetic', 'Business time cannot be negative.');
  if (minutes === 0) return start;
  const working = workingDays(rules);
  const wall = wallTime(rules.timeZone, start);
  const first = dayNumber(wall.date);
  let left = minutes;
  for (let day = first; day < first + FURTHEST; day++) {
    for (const { from, to } of stretchesOf(working, day)) {
      const begin = day === first ? Math.max(from, wall.minutes) : from;
      if (begin >= to) continue;
      if (left <= to - begin) return instantOf(rules.timeZone, day, begin + left);
      left -= to - begin;
    }
  }
  throw tooFar();
}

/** Counts the working minutes from one instant to a later one; 0 where it is earlier. */
export function businessMinutesBetween(from: number, to: number, rules: CalendarRules): number {
  if (to <= from) return 0;
  const working = workingDays(rules);
  const [start, end] = [wallTime(rules.timeZone, from), wallTime(rules.timeZone, to)];
  const [first, last] = [dayNumber(start.date), dayNumber(end.date)];
  let minutes = 0;
  for (let day = first; day <= last; day++) {
    for (const stretch of stretchesOf(working, day)) {
      const begin = day === first ? Math.max(stretch.from, start.minutes) : stretch.from;
      const close = day === last ? Math.min(stretch.to, end.minutes) : stretch.to;
      minutes += Math.max(0, close - begin);
    }
  }
  return minutes;
}

/** Adds working hours, or parts of them, to an instant; see {@link addBusinessMinutes}. */
export function addBusinessHours(start: number, hours: number, rules: CalendarRules): number {
  return addBusinessMinutes(start, hours * 60, rules);
}

/**
 * Finds the working day that is `amount` working days after a date, or before it for a negative
 * amount. Zero gives the date itself, or the next working day where it is none.
 * @throws `TrellisError` with code `arithmetic` where the calendar has not that many days.
 */
export function addBusinessDays(date: string, amount: number, rules: CalendarRules): string {
  const working = workingDays(rules);
  const step = amount < 0 ? -1 : 1;
  const first = dayNumber(date);
  let left = Math.abs(amount);
  let day = first;
  while (left > 0 || !isWorkingDay(working, day)) {
    day += step;
    if (Math.abs(day - first) > FURTHEST) throw tooFar();
    if (left > 0 && isWorkingDay(working, day)) left -= 1;
  }
  return isoDate(day);
}

/**
 * Counts the working days after `from` up to and including `to`; negative where `to` is earlier.
 * So `addBusinessDays(d, n)` is `n` business days from `d`.
 */
export function businessDaysBetween(from: string, to: string, rules: CalendarRules): number {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  if (end < start) return -businessDaysBetween(to, from, rules) || 0;
  const working = workingDays(rules);
  const perWeek = working.stretches.filter((day) => day.length > 0).length;
  const weeks = Math.floor((end - start) / 7);
  let count = weeks * perWeek;
  for (let day = start + weeks * 7 + 1; day <= end; day++) {
    if ((working.stretches[weekdayOf(day)] ?? []).length > 0) count += 1;
  }
  return count - working.missed.filter((day) => day > start && day <= end).length;
}

function workingDays(rules: CalendarRules): WorkingDays {
  const known = KNOWN.get(rules);
  if (known !== undefined) return known;
  const stretches = Array.from({ length: 8 }, (_, weekday) =>
    rules.hours
      .filter((hours) => hours.weekday === weekday && hours.to > hours.from)
      .sort((a, b) => a.from - b.from),
  );
  const holidays = rules.holidays.map(dayNumber);
  const missed = holidays.filter((day) => (stretches[weekdayOf(day)] ?? []).length > 0);
  const made = { stretches, holidays: new Set(holidays), missed };
  KNOWN.set(rules, made);
  return made;
}

function stretchesOf(working: WorkingDays, day: DayNumber): readonly Stretch[] {
  return working.holidays.has(day) ? [] : (working.stretches[weekdayOf(day)] ?? []);
}

function isWorkingDay(working: WorkingDays, day: DayNumber): boolean {
  return stretchesOf(working, day).length > 0;
}

function tooFar(): TrellisError {
  return new TrellisError(
    'arithmetic',
    'The calendar has no such working time in the next 270 years. Look at its hours and holidays.',
  );
}
