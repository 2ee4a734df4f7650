import type { Clock } from '../../ports/clock.ts';

/**
 * The longest that one timer sleeps, in milliseconds. Timers count time awake, not the time of day:
 * a clock set forward or a machine that slept is noticed after this long.
 */
const LONGEST_SLEEP = 60_000;

/** Creates the clock of this machine. Waiting on it does not keep the process alive. */
export function createSystemClock(): Clock {
  return clockOf(() => Date.now());
}

/** Creates a clock that tells the time as `now` does, in epoch milliseconds. */
export function clockOf(now: () => number): Clock {
  return {
    now,
    at: (at, wake) => {
      let timer: NodeJS.Timeout;
      const sleep = (): void => {
        const wait = Math.min(Math.max(at - now(), 0), LONGEST_SLEEP);
        timer = setTimeout(check, wait).unref();
      };
      // A timer may end a fraction of a millisecond early; nobody is woken before their time.
      const check = (): void => {
        if (now() < at) sleep();
        else wake();
      };
      sleep();
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
