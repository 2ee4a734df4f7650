/** Taking out of a case what a backfill has filled. */
import { put } from '../compile/writes.ts';
import type { FieldChange } from '../event.ts';
import type { JsonObject } from '../json.ts';
import { isSameValue } from '../rehearsal/same-value.ts';
import { at } from './fill-absent.ts';
import type { Filling } from './fill-absent.ts';

/** What is taken out, and which fields stay because somebody has changed them since. */
export interface TakingOut {
  readonly set: readonly FieldChange[];
  readonly stays: readonly string[];
}

/**
 * Works out how the fields of a filling become what they were before it: those only that are still
 * as it left them. A list of values is one field.
 */
export function takeOutFilled(
  data: JsonObject,
  { set, filled }: Pick<Filling, 'set' | 'filled'>,
): TakingOut {
  const isStill = ({ field, value }: FieldChange): boolean =>
    isSameValue(at(data, field.split('.')), value);
  const still = set.filter(isStill);
  let next = data;
  for (const place of filled) {
    if (still.some(({ field }) => place === field || place.startsWith(`${field}.`))) {
      next = put(next, place.split('.'), null);
    }
  }
  return {
    set: still.map(({ field }) => ({ field, value: at(next, field.split('.')) ?? null })),
    stays: set.filter((one) => !isStill(one)).map(({ field }) => field),
  };
}
