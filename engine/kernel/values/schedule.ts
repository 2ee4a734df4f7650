import { Cron } from 'croner';

/** Times that come again and again: a pattern of five fields, on the clocks of a zone. */
export interface Schedule {
  readonly pattern: string;
  /** An IANA zone. */
  readonly zone: string;
}

/** A pattern that comes at all has come in the 28 years after this: they have every kind of year. */
const LONG_AGO = new Date('1972-01-01T00:00Z');

/** Tells what is wrong with the fields of a pattern, as the end of a sentence; else `undefined`. */
export function patternFault(pattern: string): string | undefined {
  try {
    cron({ pattern, zone: 'UTC' });
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return error.message.replace(/^CronPattern: /, '');
  }
}

/** Tells whether the times of a pattern ever come: 30 February does not. */
export function everComes(pattern: string): boolean {
  return cron({ pattern, zone: 'UTC' }).nextRun(LONG_AGO) !== null;
}

/** The last time at or before `at`, both in epoch milliseconds. */
export function lastTime(schedule: Schedule, at: number): number | undefined {
  const [last] = cron(schedule).previousRuns(1, new Date(at + 1));
  return last?.getTime();
}

/** The first time after `after`, both in epoch milliseconds. */
export function nextTime(schedule: Schedule, after: number): number | undefined {
  return cron(schedule).nextRun(new Date(after))?.getTime();
}

/** Without a function to call it waits for nothing. */
function cron({ pattern, zone }: Schedule): Cron {
  return new Cron(pattern, { mode: '5-part', timezone: zone, paused: true });
}
