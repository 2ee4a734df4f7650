import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { meaningOf, wholeOf } from './meaning.ts';

/** Names for each type all that refer to it in one of the releases, directly or through others. */
export function usersOf(
  releases: readonly ReadonlyMap<string, JsonSchema>[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const direct = new Map<string, Set<string>>();
  for (const types of releases) {
    for (const [name, schema] of types) {
      for (const used of meaningOf(wholeOf(schema, types)).types) {
        direct.set(used, (direct.get(used) ?? new Set()).add(name));
      }
    }
  }
  return new Map([...direct.keys()].map((name) => [name, reachedFrom(name, direct)]));
}

function reachedFrom(
  start: string,
  direct: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const user of direct.get(next) ?? []) {
      if (user === start || found.has(user)) continue;
      found.add(user);
      open.push(user);
    }
  }
  return found;
}
