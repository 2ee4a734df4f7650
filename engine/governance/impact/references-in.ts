import { remembered } from '../../kernel/remembered.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';

/** The types that a schema refers to by name, directly. */
export function referencesIn(schema: JsonSchema): readonly string[] {
  return typeof schema === 'boolean' ? [] : namesIn(schema);
}

const namesIn = remembered((schema: Readonly<Record<string, unknown>>): readonly string[] => {
  const names = new Set<string>();
  const open: unknown[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const { $ref } = next as { readonly $ref?: unknown };
    if (typeof $ref === 'string' && !$ref.startsWith('#')) names.add($ref);
    open.push(...(Object.values(next) as unknown[]).filter((value) => value !== undefined));
  }
  return [...names];
});
