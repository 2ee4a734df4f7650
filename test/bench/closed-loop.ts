/**
 * Keeps a number of callers busy for some seconds, each with one call after another, and answers how
 * many calls a second were done. The calls under way at the end are waited for; they and their time
 * count.
 */
export async function closedLoop(
  callers: number,
  seconds: number,
  call: (caller: number) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  const keepCalling = async (caller: number): Promise<void> => {
    while (performance.now() < end) {
      await call(caller);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => keepCalling(caller)));
  return (done * 1000) / (performance.now() - start);
}

/** The number that a share of them, sorted, does not pass. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

/** The middle one of some numbers: a moment in which the machine was busy does not count. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
