/**
 * Copies an object with one of its parts replaced or added. For what is done many times a step: a
 * literal that adds to what it spreads takes an engine ten times as long.
 */
export function withPart<T extends object, K extends keyof T>(object: T, name: K, part: T[K]): T {
  const copy = Object.assign({}, object);
  copy[name] = part;
  return copy;
}
