import type { Value } from './columns.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Half of a pair is no text: it is stored as U+FFFD, as every driver that checks does. */
export function wellFormed(value: Value): Value {
  if (typeof value !== 'string' || !LONE_SURROGATE.test(value)) return value;
  return Buffer.from(value).toString();
}
