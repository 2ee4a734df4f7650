import { linearPattern } from '../../kernel/validator/re2-engine.ts';
import type { Conjunct } from './conjuncts.ts';
import { fieldPatterns, namedFields } from './fields.ts';

const NAMES = ['anotherField', 'other', 'x1', '~', 'Z9', '-', 'Ω'];

/** A name of a field that no schema names or has a pattern for, where one is found. */
export function unusedName(conjuncts: readonly Conjunct[]): string {
  const named = new Set(conjuncts.flatMap(namedFields));
  const patterns = conjuncts.flatMap(fieldPatterns).map((pattern) => linearPattern(pattern));
  const isFree = (name: string): boolean =>
    !named.has(name) && !patterns.some((pattern) => pattern.test(name));
  return NAMES.find(isFree) ?? 'anotherField';
}
