import { createSharedClock } from '../../engine/index.ts';
import type { Clock, Log, Store } from '../../engine/index.ts';

/** From how many milliseconds on the clock of a machine is said to be wrong. */
const WRONG = 1_000;

/**
 * Opens the clock that a host goes by: where hosts share the store it is that of the database, and
 * otherwise the machine's own.
 */
export async function openClock(
  { time }: Pick<Store, 'time'>,
  own: Clock,
  log?: Log,
): Promise<Clock> {
  if (time === undefined) return own;
  const clock = await createSharedClock(time);
  const aheadBy = own.now() - clock.now();
  if (Math.abs(aheadBy) > WRONG) {
    log?.warn('the clock of this machine is wrong: the database goes by another', { aheadBy });
  }
  return clock;
}
