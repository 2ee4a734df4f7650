import type { Json, JsonObject } from '../json.ts';

/** What lies at a path of a posted value; `undefined` where nothing does. */
export function postedAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let current = value;
  for (const name of path) {
    if (!isObject(current) || !Object.hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

/** The paths of posted values that no target covers. */
export function uncovered(
  value: JsonObject,
  targets: readonly string[],
  prefix = '',
): readonly string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (targets.includes(path)) return [];
    const leadsOn = targets.some((target) => target.startsWith(`${path}.`));
    return leadsOn && isObject(inner) ? uncovered(inner, targets, path) : [path];
  });
}

/** Tells an object from a list and from all other values. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
