/**
 * Clocks and calendars counted one minute after the other, by nothing but the platform's own table
 * of time zones: what the kernel works out is held against it.
 */
import type { CalendarRules } from '../../../engine/kernel/values/calendar.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Zones with the changes that are easy to get wrong: half hours, a lost day, the month of fasting. */
export const ZONES = [
  ...['Europe/Dublin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Casablanca'],
  'Australia/Lord_Howe',
] as const;

const FORMATS = new Map(
  ZONES.map((timeZone) => [
    timeZone as string,
    new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    }),
  ]),
);

const OFFSETS = new Map<string, Map<number, number>>(ZONES.map((zone) => [zone, new Map()]));

/** How far the clocks of a zone are ahead of UTC; it changes at a quarter of an hour, if ever. */
function offsetAt(timeZone: string, instant: number): number {
  const quarter = Math.floor(instant / (15 * MINUTE)) * 15 * MINUTE;
  const known = OFFSETS.get(timeZone)?.get(quarter);
  if (known !== undefined) return known;
  const parts = FORMATS.get(timeZone)?.formatToParts(quarter) ?? [];
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const day = Date.UTC(part('year'), part('month') - 1, part('day'));
  const wall = day + (part('hour') * 60 + part('minute')) * MINUTE + part('second') * 1000;
  OFFSETS.get(timeZone)?.set(quarter, wall - quarter);
  return wall - quarter;
}

/** What a clock on the wall shows, as the instant at which one in UTC would. */
export function wallAt(timeZone: string, instant: number): number {
  return instant + offsetAt(timeZone, instant);
}

/** Tells whether a clock of a zone ever shows this. */
export function isShown(timeZone: string, wall: number): boolean {
  for (let ahead = -16 * 60; ahead <= 16 * 60; ahead += 15) {
    if (wallAt(timeZone, wall - ahead * MINUTE) === wall) return true;
  }
  return false;
}

/** Tells whether anybody works in the minute that begins at an instant. */
export function isWorked(rules: CalendarRules, instant: number): boolean {
  const wall = wallAt(rules.timeZone, instant);
  const day = Math.floor(wall / DAY);
  const minutes = wall / MINUTE - day * 24 * 60;
  // The first of January 1970 was a Thursday.
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
  const isInHours = rules.hours.some(
    (one) => one.weekday === weekday && one.from <= minutes && minutes < one.to,
  );
  return isInHours && !rules.holidays.includes(new Date(wall).toISOString().slice(0, 10));
}

/** The instant at which so many minutes have been worked. */
export function afterWorking(rules: CalendarRules, start: number, minutes: number): number {
  let now = start;
  for (let left = minutes; left > 0; now += MINUTE) if (isWorked(rules, now)) left -= 1;
  return now;
}

/** How many minutes are worked between two instants. */
export function workedBetween(rules: CalendarRules, from: number, to: number): number {
  let count = 0;
  for (let now = from; now < to; now += MINUTE) if (isWorked(rules, now)) count += 1;
  return count;
}
