/**
 * Keeps a number of callers busy, each with one call after another, and answers how many calls a
 * second were done. A call that ends after the time is waited for and not counted.
 */
export async function closedLoop(
  callers: number,
  seconds: number,
  call: (caller: number) => Promise<void>,
): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const keepCalling = async (caller: number): Promise<void> => {
    while (performance.now() < end) {
      await call(caller);
      if (performance.now() < end) done += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => keepCalling(caller)));
  return done / seconds;
}

/** The middle one of some numbers: a moment in which the machine was busy does not count. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
