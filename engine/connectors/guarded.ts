import {
  BrokenCircuitError,
  BulkheadRejectedError,
  ConsecutiveBreaker,
  bulkhead,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { OperationLimits } from '../governance/connector-limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallOperation, ConnectorAnswer } from '../ports/connector.ts';
import { startDeadline } from './deadline.ts';

type Run = () => Promise<ConnectorAnswer>;
/** Lets a call through, or answers in its place. */
type Gate = (run: Run) => Promise<ConnectorAnswer>;

/**
 * Keeps one operation within the limits of its manifest: so many calls at a time and in a period,
 * none for a while after several failures in a row, and each within its time. A call that is kept
 * back is answered `retry` with `certainly: 'not tried'`.
 */
export function guarded(
  name: string,
  limits: OperationLimits,
  clock: Clock,
  operation: CallOperation,
): CallOperation {
  const concurrency = concurrencyGate(name, limits.concurrency);
  const rate = limits.rateLimit === undefined ? open : rateGate(name, limits.rateLimit);
  const breaker = breakerGate(name, limits.breaker, clock);
  return async (call) => {
    const deadline = startDeadline(clock, limits.timeout, call.signal);
    let tried = false;
    const late = (): ConnectorAnswer => {
      if (!tried && !call.signal.aborted) return heldBack('busy', crowdedMessage(name), 0);
      const [code, message] = call.signal.aborted
        ? ['cancelled', `The call of ${name} was ended early.`]
        : ['timeout', `${name} did not answer within ${limits.timeout / 1000} s.`];
      return { kind: 'retry', code, message, ...(tried ? {} : { certainly: 'not tried' }) };
    };
    const run: Run = () => {
      tried = true;
      return operation({ ...call, signal: deadline.signal });
    };
    const inTime: Gate = (inner) => (deadline.signal.aborted ? Promise.resolve(late()) : inner());
    const gates = [concurrency, inTime, rate, breaker];
    const through = gates.reduceRight<Run>((inner, gate) => () => gate(inner), run);
    try {
      return await Promise.race([through(), deadline.reached.then(late)]);
    } finally {
      deadline.stop();
    }
  };
}

function crowdedMessage(name: string): string {
  return `${name} had too many other calls to make in time.`;
}

const open: Gate = (run) => run();

/** How many calls may wait for a free place, for each place. */
const WAITING = 32;

function concurrencyGate(name: string, places: number): Gate {
  const policy = bulkhead(places, places * WAITING);
  return async (run) => {
    try {
      return await policy.execute(run);
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      return heldBack('busy', `${name} has ${places} calls under way and many waiting.`, 1000);
    }
  };
}

function rateGate(name: string, { calls, per }: { calls: number; per: number }): Gate {
  const limiter = new RateLimiterMemory({ points: calls, duration: per / 1000 });
  return async (run) => {
    try {
      await limiter.consume(name);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      const message = `${name} may be called ${calls} times in ${per / 1000} s.`;
      return heldBack('rate-limited', message, reason.msBeforeNext);
    }
    return run();
  };
}

function breakerGate(
  name: string,
  { failures, open: pause }: OperationLimits['breaker'],
  clock: Clock,
): Gate {
  const isFailure = (answer: unknown): boolean =>
    typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'retry';
  const policy = circuitBreaker(handleWhenResult(isFailure), {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: pause,
  });
  let openUntil = 0;
  policy.onBreak(() => {
    openUntil = clock.now() + pause;
  });
  return async (run) => {
    try {
      return await policy.execute(run);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const message = `${name} failed ${failures} times in a row and is left alone for a while.`;
      return heldBack('breaker-open', message, Math.max(openUntil - clock.now(), 1000));
    }
  };
}

function heldBack(code: string, message: string, after: number): ConnectorAnswer {
  return { kind: 'retry', code, message, after, certainly: 'not tried' };
}
