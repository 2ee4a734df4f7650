import type { Classification } from '../../kernel/classification.ts';
import { PUBLIC, join } from '../../kernel/classification.ts';
import { declaredClassification } from '../../kernel/types/declared-classification.ts';
import { ITEM } from '../../kernel/types/schema-at.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';

/** Keywords whose schemas speak of the same value. */
const TOGETHER = ['allOf', 'anyOf', 'oneOf'] as const;

/**
 * How the fields of a schema are protected by what stands in it, by their paths (`address.street`,
 * `lines.[].price`). A field that was renamed is found under its earlier name as well.
 */
export function protectionsOf(schema: JsonSchema): ReadonlyMap<string, Classification> {
  const found = new Map<string, Classification>();
  collect(schema, '', found);
  return found;
}

function collect(schema: unknown, path: string, found: Map<string, Classification>): void {
  if (typeof schema !== 'object' || schema === null) return;
  const keywords = schema as Readonly<Record<string, unknown>>;
  found.set(path, join(found.get(path) ?? PUBLIC, declaredClassification(keywords)));
  for (const [name, field] of entriesOf(keywords['properties'])) {
    collect(field, below(path, name), found);
    const alias = (Object(field) as Readonly<Record<string, unknown>>)['x-alias'];
    if (typeof alias === 'string') collect(field, below(path, alias), found);
  }
  collect(keywords['items'], below(path, ITEM), found);
  for (const keyword of TOGETHER) {
    const parts = keywords[keyword];
    if (Array.isArray(parts)) for (const part of parts) collect(part, path, found);
  }
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
