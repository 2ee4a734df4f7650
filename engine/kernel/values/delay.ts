import type { Delay } from '../definition/values.ts';
import { addBusinessDays, addBusinessMinutes } from './business-time.ts';
import type { CalendarRules } from './calendar.ts';
import { HOUR } from './duration.ts';
import { dayNumber, isoInstant } from './iso-date.ts';
import { addToInstant, instantOf, wallTime } from './zone.ts';

/**
 * Works out when a delay that begins at `now` is over, in epoch milliseconds. Seconds, minutes and
 * hours are elapsed time. Days and more follow the calendar in `timeZone`, keeping the time of day.
 * Business hours and days follow the working calendar.
 * @throws `TrellisError` with code `arithmetic` where that lies beyond what dates can say.
 */
export function delayFrom(
  now: number,
  delay: Delay,
  timeZone: string,
  calendar: CalendarRules,
): number {
  const end = endOf(now, delay, timeZone, calendar);
  isoInstant(end);
  return end;
}

function endOf(now: number, delay: Delay, timeZone: string, calendar: CalendarRules): number {
  const { amount, unit } = delay;
  switch (unit) {
    case 'seconds':
      return now + amount * 1000;
    case 'minutes':
      return now + amount * 60_000;
    case 'hours':
      return now + amount * HOUR;
    case 'days':
    case 'weeks':
    case 'months':
      return addToInstant(timeZone, now, amount, unit);
    case 'business hours':
      return addBusinessMinutes(now, amount * 60, calendar);
    case 'business days':
      return addBusinessDaysToInstant(now, amount, calendar);
  }
}

/** Moves an instant by working days, keeping the time of day in the calendar's zone. */
export function addBusinessDaysToInstant(
  instant: number,
  amount: number,
  calendar: CalendarRules,
): number {
  const { date, minutes } = wallTime(calendar.timeZone, instant);
  return instantOf(calendar.timeZone, dayNumber(addBusinessDays(date, amount, calendar)), minutes);
}
