import type { Clock } from '../ports/clock.ts';

/** The end of the patience with one call: its time is up, or its caller ended it. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Resolves when the signal fires. */
  readonly reached: Promise<void>;
  /** Lets go of the clock and of the caller's signal. */
  stop(): void;
}

/** Starts a deadline `timeout` milliseconds from now; the caller's signal ends it earlier. */
export function startDeadline(clock: Clock, timeout: number, caller: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = (): void => {
    controller.abort();
  };
  const cancel = clock.at(clock.now() + timeout, end);
  const reached = new Promise<void>((resolve) => {
    controller.signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
  if (caller.aborted) end();
  else caller.addEventListener('abort', end, { once: true });
  return {
    signal: controller.signal,
    reached,
    stop: () => {
      cancel();
      caller.removeEventListener('abort', end);
    },
  };
}
