import { TrellisError } from '../errors.ts';

/** A day, counted from 1 January 1970. */
export type DayNumber = number;

const DAY = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** The last instant that can be written with a year of four digits. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const FIRST = new Date('0000-01-01T00:00:00Z').getTime();

/** Tells whether a text is a date of the calendar, `2028-02-29`. */
export function isIsoDate(text: string): boolean {
  if (!ISO_DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Counts the days from 1 January 1970 to an ISO date. */
export function dayNumber(date: string): DayNumber {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
}

/**
 * Writes a day as an ISO date.
 * @throws `TrellisError` with code `arithmetic` outside the years 0 to 9999.
 */
export function isoDate(day: DayNumber): string {
  return isoInstant(day * DAY).slice(0, 10);
}

/** The day of the week: Monday is 1, Sunday is 7. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/**
 * Writes an instant (epoch milliseconds) as an ISO text in UTC.
 * @throws `TrellisError` with code `arithmetic` outside the years 0 to 9999.
 */
export function isoInstant(millis: number): string {
  if (!(millis >= FIRST && millis <= LAST)) throw outOfRange();
  return new Date(millis).toISOString();
}

/** The refusal of a date that no calendar of ours has. */
export function outOfRange(): TrellisError {
  return new TrellisError('arithmetic', 'The date is out of range: years go from 0 to 9999.');
}
