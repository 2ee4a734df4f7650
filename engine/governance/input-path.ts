import type { Json } from '../kernel/json.ts';

/**
 * Follows an input path (`quote.quoteNo`) into a value. Answers `undefined` where there is nothing,
 * or `null`.
 */
export function valueAt(value: Json, path: string): Json | undefined {
  let found: unknown = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) {
      return undefined;
    }
    found = (found as Readonly<Record<string, Json>>)[name];
  }
  return (found ?? undefined) as Json | undefined;
}
