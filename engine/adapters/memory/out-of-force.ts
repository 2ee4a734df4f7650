import type { InForceKey, OutOfForceList } from '../../ports/out-of-force.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createOutOfForce(tables: Tables): OutOfForceList {
  return {
    all: () =>
      Promise.resolve(
        [...tables.outOfForce].sort(([a], [b]) => byText(a, b)).map(([, one]) => one),
      ),
  };
}

/** The key under which something is out of force. */
export function keyOf({ kind, name, part }: InForceKey): string {
  return JSON.stringify([kind, name, part]);
}
