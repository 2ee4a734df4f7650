import { parseExpression } from '../expressions/parse.ts';
import type { Syntax } from '../expressions/parse.ts';
import type { Json } from '../json.ts';
import type { ResolveType } from '../types/schema-at.ts';
import { ITEM, schemaAt } from '../types/schema-at.ts';
import type { JsonSchema } from '../types/value-type.ts';

/** A text or number that stands in a formula as it is, and where it goes. */
export interface WrittenValue {
  readonly value: string | number;
  /** The field inside of what is written; empty for the whole. */
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

/** Where a part of what is written goes. */
interface Place {
  readonly path: readonly string[];
  readonly schema: JsonSchema | undefined;
  readonly resolve: ResolveType;
}

/**
 * Finds the texts and numbers that a formula writes as they are: alone, in lists and objects, added
 * to a list, as one side of a choice, or in place of what is empty.
 */
export function writtenInFormula(
  source: string,
  schema: JsonSchema,
  resolve: ResolveType,
): readonly WrittenValue[] {
  const parsed = parseExpression(source);
  return parsed.ok ? inSyntax(parsed.syntax, { path: [], schema, resolve }) : [];
}

/** The same of a value that stands for itself, `{ value: … }`. */
export function writtenInJson(
  value: Json,
  schema: JsonSchema,
  resolve: ResolveType,
): readonly WrittenValue[] {
  return inJson(value, { path: [], schema, resolve });
}

function inSyntax(syntax: Syntax, place: Place): readonly WrittenValue[] {
  switch (syntax.op) {
    case 'value':
    case '-_':
      return plainValue(valueOf(syntax), place);
    case 'list':
      return syntax.args.flatMap((item) => inSyntax(item, inside(place, ITEM)));
    case 'map':
      return syntax.args.flatMap(([key, value]) =>
        key.op === 'value' && typeof key.args === 'string'
          ? inSyntax(value, inside(place, key.args))
          : [],
      );
    case '?:':
      return syntax.args.slice(1).flatMap((side) => inSyntax(side, place));
    case '+':
      return isList(place.schema) ? syntax.args.flatMap((side) => inSyntax(side, place)) : [];
    case 'call':
      return syntax.args[0] === 'orElse'
        ? syntax.args[1].flatMap((side) => inSyntax(side, place))
        : [];
    default:
      return [];
  }
}

/** A text or a number, with or without a minus. */
function valueOf(syntax: Syntax): string | number | undefined {
  if (syntax.op === '-_') {
    const value = valueOf(syntax.args);
    return typeof value === 'number' ? -value : undefined;
  }
  if (syntax.op !== 'value') return undefined;
  const value = syntax.args;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function inJson(value: Json, place: Place): readonly WrittenValue[] {
  if (typeof value === 'string' || typeof value === 'number') return plainValue(value, place);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.flatMap((item) => inJson(item, inside(place, ITEM)));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => inJson(part, inside(place, name)));
}

function plainValue(
  value: string | number | undefined,
  { path, schema }: Place,
): readonly WrittenValue[] {
  return value === undefined || schema === undefined ? [] : [{ value, path, schema }];
}

function inside({ path, schema, resolve }: Place, step: string): Place {
  const below = schema && schemaAt(schema, [step], resolve);
  return { path: step === ITEM ? path : [...path, step], schema: below, resolve };
}

function isList(schema: JsonSchema | undefined): boolean {
  return typeof schema === 'object' && schema['type'] === 'array';
}
