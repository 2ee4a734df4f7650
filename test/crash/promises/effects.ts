import type { CheckedCase } from './checked-case.ts';
import type { FollowedCall } from '../follow-case.ts';
import type { Called, Records } from '../records.ts';
import type { Broken } from './broken.ts';
import { grouped } from './grouped.ts';

/**
 * Each effect that a case asked for has reached the other side, under one key, and what the case was
 * told of it was answered there; nothing reached it that no saved step asked for.
 */
export function brokenEffects(
  { called }: Pick<Records, 'called'>,
  cases: readonly CheckedCase[],
): readonly Broken[] {
  const bySlip = grouped(called, ({ slip }) => slip);
  const asked = new Set(cases.flatMap(({ followed }) => followed.calls.map(({ key }) => key)));
  return [
    ...cases.flatMap(({ followed: { slip, calls } }) =>
      calls.flatMap((call) => checkCall(call, slip, bySlip.get(slip) ?? [])),
    ),
    ...unasked(called, asked),
  ];
}

function checkCall(call: FollowedCall, slip: string, log: readonly Called[]): readonly Broken[] {
  const { operation, key, result } = call;
  const found: Broken[] = [];
  const say = (evidence: string): void => {
    found.push({ promise: 3, about: `${operation} ${key} for ${slip}`, evidence });
  };
  const calls = log.filter((one) => one.operation === operation);
  const keys = [...new Set(calls.map((one) => one.key))];
  if (keys.length > 1) say(`it was called under ${keys.length} keys: ${keys.join(' ')}`);
  if (result !== undefined) {
    const isTold = calls.some(({ key: told, answer }) => told === result && answer !== 'busy');
    if (!isTold) say(`the case was told "${result}", which was never answered`);
    if (!result.startsWith(key)) say(`the case was told the answer to another call, "${result}"`);
  }
  if (operation === 'stamp' && calls.length > 1) {
    say(`it may happen once at most, and was called ${calls.length} times`);
  }
  if (operation === 'bill') {
    const absent = log.filter((one) => one.operation === 'findBill' && one.answer === 'absent');
    const made = calls.filter(({ answer }) => answer !== 'busy');
    if (made.length > absent.length + 1) {
      say(`it was made ${made.length} times, and asked for ${absent.length} times before`);
    }
  }
  return found;
}

/** Calls under keys that no step of the history made. */
function unasked(called: readonly Called[], asked: ReadonlySet<string>): readonly Broken[] {
  const keys = new Map(
    called
      .filter(({ operation }) => operation !== 'findBill')
      .map(({ key, operation, slip }) => [key, `${operation} for ${slip}`]),
  );
  return [...keys]
    .filter(([key]) => !asked.has(key.slice(0, key.lastIndexOf('/') + 1)))
    .map(([key, what]) => ({
      promise: 1,
      about: `${what}, ${key}`,
      evidence: 'it was sent, and the step that asks for it is not saved',
    }));
}
