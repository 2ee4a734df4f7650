import type { Json } from '../../kernel/json.ts';
import type { SchemaError, Validate } from '../../kernel/validator/schema-error.ts';

/** A stored value that a new type refuses. */
export interface WrongValue {
  /** Where it is: `quote.poNumber`. */
  readonly field: string;
  /** A plain sentence without the field's name: `must not be longer than 20 characters`. */
  readonly message: string;
}

/** What a value is held against in its own release and in the new one, and how it goes over. */
export interface BeforeAndAfter {
  readonly was: Validate;
  readonly is: Validate;
  /** (Default: it stays as it is) */
  readonly take?: (value: Json) => Json;
}

/**
 * Tells what a type refuses of a value that it took before. What is filled bit by bit lacks fields
 * until its end: it is not refused for what it still lacks, only for what it has.
 */
export function becomesWrong(
  name: string,
  value: Json | undefined,
  { was, is, take = (same) => same }: BeforeAndAfter,
): WrongValue | undefined {
  if (value === undefined || value === null) return undefined;
  const found = is(take(value));
  if (found.length === 0) return undefined;
  const earlier = was(value);
  const known = new Set(earlier.map(placeOf));
  const isUnfinished = earlier.some(isMissing);
  const wrong = found.find((one) => !known.has(placeOf(one)) && !(isUnfinished && isMissing(one)));
  if (wrong === undefined) return undefined;
  const field = [name, ...wrong.pointer.split('/').slice(1)].join('.');
  return { field, message: wrong.message };
}

function isMissing({ keyword }: SchemaError): boolean {
  return keyword === 'required';
}

function placeOf({ pointer, keyword }: SchemaError): string {
  return `${pointer} ${keyword}`;
}
