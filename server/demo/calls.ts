/** One request that a counterpart got, or a webhook that it sent. */
export interface LoggedCall {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly operation: string;
  /** What it answered, in a word or two: `200`, `409 CREDIT_HOLD`, `no answer`. */
  readonly answer: string;
  readonly idempotencyKey?: string;
}

/** The log of the counterparts, newest first. */
export interface Calls {
  add(call: Omit<LoggedCall, 'at'>): void;
  list(): readonly LoggedCall[];
}

const KEPT = 500;

/** Makes a log that keeps the last 500 calls. */
export function createCalls(now: () => number): Calls {
  const calls: LoggedCall[] = [];
  return {
    add: (call) => {
      calls.unshift({ at: now(), ...call });
      calls.length = Math.min(calls.length, KEPT);
    },
    list: () => [...calls],
  };
}
