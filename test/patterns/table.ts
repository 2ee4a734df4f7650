import type { Pattern, Support } from './pattern.ts';

/** How many patterns there must be at least, of 43: `supported` are the direct ones and the idioms. */
export const AIMS = { direct: 26, supported: 34 };

/** The page of the guide that has the table. */
export const TABLE_PAGE = 'workflows/patterns.md';

/** The row of a pattern in the guide: its number, name and folder, how far it is there, and how. */
export function rowOf({ number, title, folder, support, how }: Pattern): readonly string[] {
  return [`WCP-${String(number)}`, `[${title}](../test/patterns/${folder})`, support, how];
}

/** How many patterns are there in this way. */
export function countOf(patterns: readonly Pattern[], support: Support): number {
  return patterns.filter((pattern) => pattern.support === support).length;
}
