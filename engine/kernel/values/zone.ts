import { Temporal } from 'temporal-polyfill';
import type { DayNumber } from './iso-date.ts';
import { isoDate, isoInstant, outOfRange } from './iso-date.ts';

/** A time as a clock on the wall of some zone shows it. */
export interface WallTime {
  readonly date: string;
  /** Minutes since midnight, with fractions. */
  readonly minutes: number;
}

const MINUTE = 60_000;

/** Tells whether a name is that of a zone as the IANA lists it. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The date that a calendar on the wall of a zone shows at an instant (epoch milliseconds). */
export function dateIn(timeZone: string, instant: number): string {
  return zoned(timeZone, instant).toPlainDate().toString();
}

/** The time that a clock on the wall of a zone shows at an instant (epoch milliseconds). */
export function wallTime(timeZone: string, instant: number): WallTime {
  const time = zoned(timeZone, instant);
  const { hour, minute, second, millisecond } = time;
  const minutes = hour * 60 + minute + second / 60 + millisecond / MINUTE;
  return { date: time.toPlainDate().toString(), minutes };
}

/**
 * The instant at which a clock of a zone shows a time. A time that is left out when clocks go
 * forward means the same span after the gap; one that comes twice, its first time.
 */
export function instantOf(timeZone: string, day: DayNumber, minutes: number): number {
  const midnight = Temporal.PlainDate.from(isoDate(day)).toPlainDateTime();
  const wall = midnight.add({ milliseconds: Math.round(minutes * MINUTE) });
  return wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** The first instant of a date in a zone, in epoch milliseconds. */
export function startOfDate(timeZone: string, date: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
}

export type CalendarUnit = 'days' | 'weeks' | 'months';

/**
 * Adds calendar days, weeks or months to an instant, keeping the time of day in the zone across
 * changes of the clocks.
 * @throws `TrellisError` with code `arithmetic` outside the years 0 to 9999.
 */
export function addToInstant(
  timeZone: string,
  instant: number,
  amount: number,
  unit: CalendarUnit,
): number {
  return inRange(() => {
    const sum = zoned(timeZone, instant).add({ [unit]: amount }).epochMilliseconds;
    isoInstant(sum);
    return sum;
  });
}

/**
 * Adds calendar days, weeks or months to a date; a month that lacks the day ends on its last one.
 * @throws `TrellisError` with code `arithmetic` outside the years 0 to 9999.
 */
export function addToDate(date: string, amount: number, unit: CalendarUnit): string {
  return inRange(() => {
    const sum = Temporal.PlainDate.from(date).add({ [unit]: amount });
    if (sum.year < 0 || sum.year > 9999) throw outOfRange();
    return sum.toString();
  });
}

function zoned(timeZone: string, instant: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

/** Temporal throws a RangeError of its own for sums beyond what it can hold. */
function inRange<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw outOfRange();
    throw error;
  }
}
