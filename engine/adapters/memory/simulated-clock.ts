import type { Clock } from '../../ports/clock.ts';

/** A clock that moves only when it is told to. */
export interface SimulatedClock extends Clock {
  /** Moves on by `ms`, waking in order of time; each waker sees its own time as now. */
  advance(ms: number): void;
  /** When the next waker is due; `undefined` when nobody waits. */
  nextWake(): number | undefined;
}

interface Waker {
  readonly at: number;
  readonly wake: () => void;
}

/** Creates a clock that stands at `start` (epoch milliseconds). */
export function createSimulatedClock(start: number): SimulatedClock {
  let now = start;
  const wakers = new Set<Waker>();

  const next = (): Waker | undefined =>
    [...wakers].reduce<Waker | undefined>(
      (first, waker) => (first && first.at <= waker.at ? first : waker),
      undefined,
    );
  const fire = (waker: Waker): void => {
    if (wakers.delete(waker)) waker.wake();
  };

  return {
    now: () => now,
    at: (at, wake) => {
      const waker = { at, wake };
      wakers.add(waker);
      // What is due already must not wait for the next advance, nor run inside the caller.
      if (at <= now) {
        queueMicrotask(() => {
          fire(waker);
        });
      }
      return () => wakers.delete(waker);
    },
    advance: (ms) => {
      const target = now + ms;
      for (let waker = next(); waker && waker.at <= target; waker = next()) {
        now = Math.max(now, waker.at);
        fire(waker);
      }
      now = target;
    },
    nextWake: () => next()?.at,
  };
}
