/** What a log of writes, syncs and answers shows. */
export interface SyncOrder {
  /** Answers that told of something new. */
  readonly answers: number;
  /** Those before which something written was not on the disk, by their place in the log. */
  readonly early: readonly number[];
}

/**
 * Reads the log of a host with one client that waits for each answer: between two answers must be a
 * write to the write-ahead log, and after the last of these a sync.
 */
export function syncOrder(log: string): SyncOrder {
  let isWritten = false;
  let isSynced = false;
  let answers = 0;
  const early: number[] = [];
  for (const line of log.split('\n')) {
    if (line === 'W') {
      isWritten = true;
      isSynced = false;
    } else if (line === 'S') isSynced = true;
    else if (/^A [23]/u.test(line)) {
      answers += 1;
      if (!isWritten || !isSynced) early.push(answers);
      isWritten = false;
      isSynced = false;
    }
  }
  return { answers, early };
}
