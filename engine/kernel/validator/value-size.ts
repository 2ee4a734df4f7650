/** How big a value may be before a schema is held against it. */
export interface SizeLimits {
  /** Objects and lists inside each other (Default: 32). */
  readonly depth: number;
  /** Values of all kinds, however nested (Default: 100,000). */
  readonly values: number;
  /** Characters of all texts and names together (Default: 2,000,000). */
  readonly characters: number;
}

export const SIZE_LIMITS: SizeLimits = { depth: 32, values: 100_000, characters: 2_000_000 };

/** Tells in a plain sentence why a value is too big; `undefined` when it is not. */
export function tooBig(value: unknown, limits: SizeLimits = SIZE_LIMITS): string | undefined {
  let values = 0;
  let characters = 0;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    values += 1;
    if (values > limits.values) return `must not hold more than ${limits.values} values`;
    if (typeof next.value === 'string') characters += next.value.length;
    if (typeof next.value === 'object' && next.value !== null) {
      const depth = next.depth + 1;
      if (depth > limits.depth) return `must not be nested deeper than ${limits.depth} levels`;
      const entries = Object.entries(next.value);
      if (entries.length > limits.values) return `must not hold more than ${limits.values} values`;
      for (const [name, inner] of entries) {
        if (!Array.isArray(next.value)) characters += name.length;
        open.push({ value: inner, depth });
      }
    }
    if (characters > limits.characters) {
      return `must not hold more than ${limits.characters} characters`;
    }
  }
  return undefined;
}
