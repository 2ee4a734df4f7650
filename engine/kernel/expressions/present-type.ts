import { wholeOf } from '../types/draft.ts';
import { withEmptiness } from '../types/make-type.ts';
import { ITEM } from '../types/schema-at.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Facts } from './context.ts';
import { isPresent } from './context.ts';

/** Gives the type that the value at a path has where some paths are known to be present. */
export function presentType(type: ValueType, key: string, facts: Facts): ValueType {
  if (facts === 'all') return wholeOf(type);
  const known = withEmptiness(type, type.mayBeEmpty && !isPresent(facts, key));
  if (!hasFactsBelow(facts, key)) return known;
  if (known.kind === 'list') {
    return { ...known, of: presentType(known.of, `${key}.${ITEM}`, facts) };
  }
  if (known.kind !== 'object') return known;
  const fields = Object.entries(known.fields).map(([name, field]) => [
    name,
    presentType(field, `${key}.${name}`, facts),
  ]);
  return { ...known, fields: Object.fromEntries(fields) as Record<string, ValueType> };
}

function hasFactsBelow(facts: ReadonlySet<string>, key: string): boolean {
  const start = `${key}.`;
  for (const fact of facts) if (fact.startsWith(start)) return true;
  return false;
}
