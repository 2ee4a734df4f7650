import type { Path } from '../../problem.ts';
import type { RetryPolicy } from '../../values/retry-policy.ts';
import { tightened } from '../../values/retry-policy.ts';
import { HOUR } from '../../values/duration.ts';
import type { Written } from '../schema/workflow-schema.ts';
import { readDelay } from './delays.ts';
import type { Reading } from './reading.ts';

const UNITS: Readonly<Record<string, number>> = { seconds: 1000, minutes: HOUR / 60, hours: HOUR };

/** Reads `retry` beside a call: it may ask for less than the connector's policy, never for more. */
export function readRetry(
  written: Written<'Retry'> | undefined,
  operation: string,
  path: Path,
  reading: Reading,
): { readonly retry?: Partial<RetryPolicy> } {
  if (written === undefined) return {};
  const { attempts, backoff } = written;
  const first = readFirst(written.first, [...path, 'first'], reading);
  const retry = {
    ...(attempts === undefined ? {} : { attempts }),
    ...(first === undefined ? {} : { first }),
    ...(backoff === undefined ? {} : { backoff }),
  };
  const policy = reading.core.operations.get(operation)?.retry;
  for (const [key, allowed] of policy === undefined ? [] : loosened(retry, policy)) {
    const message =
      `IT has laid down "${key}: ${allowed}" for “${operation}”, and a workflow may only ask for less: ` +
      'fewer tries, a longer pause, or pauses that double.';
    const at = [...path, key];
    reading.report.at(at, 'retry-loosened', message, reading.report.replacement(at, allowed));
  }
  return { retry };
}

/** What asks for more than the policy, with what that allows. */
function loosened(
  retry: Partial<RetryPolicy>,
  policy: RetryPolicy,
): readonly (readonly [keyof RetryPolicy, string])[] {
  const both = tightened(policy, retry);
  const keys = (['attempts', 'first', 'backoff'] as const).filter(
    (key) => retry[key] !== undefined && retry[key] !== both[key],
  );
  return keys.map((key) => [key, key === 'first' ? inWords(policy.first) : String(policy[key])]);
}

function readFirst(
  written: string | undefined,
  path: Path,
  { report }: Reading,
): number | undefined {
  if (written === undefined) return undefined;
  const { amount, unit } = readDelay(written);
  const length = UNITS[unit];
  if (length === undefined) {
    const message = `The pause before the second try is seconds, minutes or hours; "${written}" is not.`;
    report.at(path, 'retry-pause', message);
    return undefined;
  }
  return amount * length;
}

/** A span as the language writes it, in the largest unit that fits; never shorter than it is. */
function inWords(milliseconds: number): string {
  const unit = ['hours', 'minutes'].find((name) => milliseconds % (UNITS[name] ?? 1) === 0);
  const name = unit ?? 'seconds';
  return `${Math.ceil(milliseconds / (UNITS[name] ?? 1))} ${name}`;
}
