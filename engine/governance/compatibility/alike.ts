import type { Conjunct } from './conjuncts.ts';
import type { Question } from './finding.ts';
import { meaningOf } from './meaning.ts';

/** Tells whether one schema of `from` asks for just the same by some keywords, of types that are unchanged. */
export function isPromisedAlike(
  { from, against, comparison }: Question,
  keywords: readonly string[],
): boolean {
  const asked = meaningOf(against, keywords);
  if ([...asked.types].some((type) => !comparison.unchanged.has(type))) return false;
  return from.some((one: Conjunct) => meaningOf(one, keywords).text === asked.text);
}
