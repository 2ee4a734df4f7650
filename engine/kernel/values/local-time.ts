import { dayNumber, isIsoDate } from './iso-date.ts';
import { instantOf } from './zone.ts';

const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)$/;
const EXACT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a time that somebody wrote, `2027-03-14 16:30` on the clocks of a zone, or exactly with
 * `Z` or an offset; in epoch milliseconds, `undefined` for what is no time.
 */
export function readTime(text: string, timeZone: string): number | undefined {
  const written = text.trim();
  const [, date, hours, minutes] = LOCAL.exec(written) ?? [];
  if (date !== undefined) {
    if (!isIsoDate(date)) return undefined;
    return instantOf(timeZone, dayNumber(date), Number(hours) * 60 + Number(minutes));
  }
  const exact = EXACT.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(exact) ? undefined : exact;
}
