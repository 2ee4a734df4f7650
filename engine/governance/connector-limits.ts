import { Type } from '@sinclair/typebox';
import type { Static, TObject } from '@sinclair/typebox';
import type { RetryPolicy } from '../kernel/values/retry-policy.ts';

const DURATION = '^[1-9][0-9]{0,5} (millisecond|second|minute|hour)s?$';
const duration = (description: string) => Type.String({ pattern: DURATION, description });

/** The keys by which a connector (`defaults`) or one operation limits its calls. */
export const limitProperties = {
  timeout: Type.Optional(duration('When a call is given up (Default: 10 seconds).')),
  retry: Type.Optional(
    Type.Object(
      {
        attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
        first: Type.Optional(duration('The pause before the second try (Default: 2 seconds).')),
        backoff: Type.Optional(
          Type.Unsafe<'fixed' | 'exponential'>({ type: 'string', enum: ['fixed', 'exponential'] }),
        ),
      },
      { additionalProperties: false },
    ),
  ),
  rateLimit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,5} per (second|minute|hour)$' })),
  concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  breaker: Type.Optional(
    Type.Object(
      {
        failures: Type.Integer({ minimum: 1, maximum: 1000 }),
        open: duration('How long no call is made after that many failures in a row.'),
      },
      { additionalProperties: false },
    ),
  ),
};

/** Limits as written in a manifest. */
export type WrittenLimits = Static<TObject<typeof limitProperties>>;

/** The limits of one operation, worked out. Times are milliseconds. */
export interface OperationLimits {
  /** (Default: 10 seconds) */
  readonly timeout: number;
  /** (Default: 5 attempts, exponential from 2 seconds) */
  readonly retry: RetryPolicy;
  /** At most `calls` within `per` milliseconds. (Default: no limit) */
  readonly rateLimit?: { readonly calls: number; readonly per: number };
  /** Calls at the same time. (Default: 8) */
  readonly concurrency: number;
  /** (Default: 5 failures in a row open it for 1 minute) */
  readonly breaker: { readonly failures: number; readonly open: number };
}

const DEFAULTS = {
  timeout: '10 seconds',
  retry: { attempts: 5, first: '2 seconds', backoff: 'exponential' },
  concurrency: 8,
  breaker: { failures: 5, open: '1 minute' },
} as const;

/** Works out the limits of an operation: its own, else its connector's, else the defaults. */
export function limitsOf(operation: WrittenLimits, connector: WrittenLimits = {}): OperationLimits {
  const written = { ...DEFAULTS, ...connector, ...operation };
  const retry = { ...DEFAULTS.retry, ...connector.retry, ...operation.retry };
  return {
    timeout: milliseconds(written.timeout),
    retry: { ...retry, first: milliseconds(retry.first) },
    ...(written.rateLimit === undefined ? {} : { rateLimit: readRate(written.rateLimit) }),
    concurrency: written.concurrency,
    breaker: { failures: written.breaker.failures, open: milliseconds(written.breaker.open) },
  };
}

const UNITS: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
};

/** Reads a duration of a manifest, `10 seconds`, as milliseconds. */
export function milliseconds(duration: string): number {
  const [count = '', unit = ''] = duration.split(' ');
  return Number(count) * (UNITS[unit.replace(/s$/, '')] ?? Number.NaN);
}

function readRate(rate: string): { calls: number; per: number } {
  const [calls = '', unit = ''] = rate.split(' per ');
  return { calls: Number(calls), per: milliseconds(`1 ${unit}`) };
}
