import type { Clock, SharedTime } from '../../ports/clock.ts';
import { clockOf } from './clock.ts';
import { TimeElsewhere } from './time-elsewhere.ts';

export interface SharedClockSettings {
  /** Milliseconds after which the shared time is read again. (Default: 10,000) */
  readonly every?: number;
  /** Milliseconds since any moment, by a clock that nobody sets. (Default: that of the process) */
  readonly elapsed?: () => number;
}

/** How often the shared time is read at first: the quickest answer tells most. */
const FIRST_READINGS = 3;

/**
 * Creates the clock of a host that shares its database: the time of the database, carried on between
 * two readings by a clock that nobody sets. It is never ahead of the database, so that no host takes
 * what is not due yet, and it goes on while the database cannot be asked.
 */
export async function createSharedClock(
  time: SharedTime,
  settings: SharedClockSettings = {},
): Promise<Clock> {
  const { every = 10_000, elapsed = () => performance.now() } = settings;
  const known = new TimeElsewhere();
  let askedAt = 0;
  const read = async (): Promise<void> => {
    const asked = elapsed();
    askedAt = asked;
    known.learn(asked, await time.read(), elapsed());
  };
  for (let reading = 1; reading <= FIRST_READINGS; reading += 1) await read();
  return clockOf(() => {
    const now = elapsed();
    // What is not answered is asked again later.
    if (now - askedAt >= every) read().catch(() => undefined);
    return known.at(now);
  });
}
