import type { Decimal } from 'decimal.js';
import type { ValueType } from '../../types/value-type.ts';

/** Gives the order of a type's running values: negative where the first comes first. */
export function order(type: ValueType): (a: unknown, b: unknown) => number {
  if (type.kind === 'decimal') return (a, b) => (a as Decimal).comparedTo(b as Decimal);
  return (a, b) => {
    if (a === b) return 0;
    return (a as number | string) < (b as number | string) ? -1 : 1;
  };
}
