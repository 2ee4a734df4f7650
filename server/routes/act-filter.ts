import { TrellisError, addToDate, startOfDate } from '../../engine/index.ts';
import type { ActFilter } from '../../engine/index.ts';
import type { ActSearch } from '../views/pages/audit-page.ts';

/**
 * What is looked for among the acts; days are those of the company's time zone, both included.
 * @throws `TrellisError` with code `bad-request` for a day that there is not.
 */
export function actFilter(
  { kind, actor, about, since, until }: ActSearch,
  timeZone: string,
): ActFilter {
  const first = startOf(since, timeZone);
  const end = until === '' ? undefined : startOf(dayAfter(until), timeZone);
  return {
    ...{ kind, actor, about },
    ...(first === undefined ? {} : { since: first }),
    ...(end === undefined ? {} : { before: end }),
  };
}

function startOf(day: string, timeZone: string): number | undefined {
  return day === '' ? undefined : startOfDate(timeZone, dayIn(day));
}

function dayAfter(day: string): string {
  return addToDate(dayIn(day), 1, 'days');
}

function dayIn(day: string): string {
  // 31 February is read as 3 March: only a day that there is comes back as it was written.
  const read = /^[12]\d{3}-\d{2}-\d{2}$/u.test(day) ? new Date(day) : undefined;
  if (read !== undefined && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day))
    return day;
  throw new TrellisError('bad-request', `"${day}" is not a day. Write it as 2027-03-01.`);
}
