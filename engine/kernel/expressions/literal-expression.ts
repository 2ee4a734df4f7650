import { PUBLIC } from '../classification.ts';
import type { Json, JsonObject } from '../json.ts';
import { assignable } from '../types/assignable.ts';
import { EMPTY, NO_VALUE, TEXT, YES_NO, listOf, plain } from '../types/make-type.ts';
import { nearestName } from '../types/nearest-name.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import { parseDuration } from '../values/duration.ts';
import { isIsoDate } from '../values/iso-date.ts';
import { DECIMAL_DIGITS } from '../values/decimal.ts';
import type { CheckedExpression, ExpressionProblem } from './expression.ts';

/** A value that was written as it is; `literal` is its stored form. */
interface LiteralExpression extends CheckedExpression {
  readonly literal: Json;
}

export type LiteralResult =
  | { readonly ok: true; readonly expression: LiteralExpression }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

/**
 * Makes an expression of a value that was written as it is (`{ value: Hello }`, `12`, `true`). A
 * text is read as the date, date-time, duration or decimal that is expected, a number as the
 * decimal. The result is the value in its stored form.
 */
export function literalExpression(value: Json, expected?: ValueType): LiteralResult {
  const stored = expected === undefined ? value : asStored(value, expected);
  const source = JSON.stringify(value);
  const type = typeOfJson(stored, expected);
  const problems =
    expected === undefined
      ? []
      : [...misfits(type, expected, source.length), ...strangers(stored, expected, source.length)];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    expression: {
      source,
      type,
      reads: [],
      fields: [],
      flows: [],
      presentWhenTrue: [],
      presentWhenFalse: [],
      literal: stored,
      evaluate: () => stored,
    },
  };
}

function misfits(type: ValueType, expected: ValueType, to: number): readonly ExpressionProblem[] {
  return assignable(type, expected).map(({ code, path, message }) => ({
    code,
    message: path.length === 0 ? message : `${path.join('.')}: ${message}`,
    from: 0,
    to,
  }));
}

/** What is written out may not name a field that its type does not have. */
function strangers(value: Json, expected: ValueType, to: number): readonly ExpressionProblem[] {
  if (isList(value)) {
    return expected.kind === 'list'
      ? value.flatMap((item) => strangers(item, expected.of, to))
      : [];
  }
  // A type without fields is one of which the schema says nothing.
  if (!isObject(value) || expected.kind !== 'object') return [];
  const names = Object.keys(expected.fields);
  if (names.length === 0) return [];
  return Object.entries(value).flatMap(([name, part]): readonly ExpressionProblem[] => {
    const field = Object.hasOwn(expected.fields, name) ? expected.fields[name] : undefined;
    if (field !== undefined) return strangers(part, field, to);
    const near = nearestName(name, names);
    const advice =
      near === undefined ? ` There is: ${names.join(', ')}.` : ` Did you mean "${near}"?`;
    const message = `There is no field "${name}" in ${showKind(expected)}.${advice}`;
    return [{ code: 'unknown-field', message, from: 0, to }];
  });
}

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** How a text is recognised as a value of a kind that is stored as text. */
const RECOGNISED: Partial<Record<ValueType['kind'], (text: string) => boolean>> = {
  date: isIsoDate,
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  duration: (text) => parseDuration(text) !== undefined,
  decimal: (text) => DECIMAL.test(text) && text.replace(/[-.]/g, '').length <= DECIMAL_DIGITS,
};

/** A value in the form in which its type is stored: a decimal as a text, an instant with seconds. */
export function asStored(value: Json, expected: ValueType): Json {
  if (typeof value === 'number' && expected.kind === 'decimal') {
    const text = String(value);
    return DECIMAL.test(text) ? text : value;
  }
  if (typeof value === 'string' && expected.kind === 'date-time') {
    return isWithoutSeconds(value) ? new Date(value).toISOString() : value;
  }
  if (isList(value) && expected.kind === 'list') {
    return value.map((item) => asStored(item, expected.of));
  }
  if (isObject(value) && expected.kind === 'object') {
    const entries = Object.entries(value).map(([name, part]) => {
      const field = Object.hasOwn(expected.fields, name) ? expected.fields[name] : undefined;
      return [name, field === undefined ? part : asStored(part, field)] as const;
    });
    return Object.fromEntries(entries);
  }
  return value;
}

/** An instant as people write it, to the minute. */
function isWithoutSeconds(text: string): boolean {
  return /T\d\d:\d\d(Z|[+-])/.test(text) && RECOGNISED['date-time']?.(text) === true;
}

function typeOfJson(value: Json, expected: ValueType | undefined): ValueType {
  if (value === null) return EMPTY;
  if (isList(value)) return listType(value, expected?.kind === 'list' ? expected.of : undefined);
  if (isObject(value)) return objectType(value, expected);
  if (typeof value === 'boolean') return { ...YES_NO, literal: value };
  if (typeof value === 'number') {
    const kind = Number.isSafeInteger(value) ? 'whole number' : 'number';
    return { ...plain(kind), literal: value };
  }
  const isRecognised = expected !== undefined && RECOGNISED[expected.kind]?.(value) === true;
  return isRecognised ? { ...expected, mayBeEmpty: false } : { ...TEXT, literal: value };
}

/** An item that does not fit is told by its own type; else all have the one that is expected. */
function listType(items: readonly Json[], expected: ValueType | undefined): ValueType {
  const types = items.map((item) => typeOfJson(item, expected));
  const [first] = types;
  if (expected === undefined) {
    const same = types.every((type) => showKind(type) === (first && showKind(first)));
    return listOf(same && first !== undefined ? first : NO_VALUE);
  }
  return listOf(types.find((type) => assignable(type, expected).length > 0) ?? expected);
}

function objectType(value: JsonObject, expected: ValueType | undefined): ValueType {
  const inside = expected?.kind === 'object' ? expected.fields : {};
  const fields = Object.entries(value).map(([name, part]) => [
    name,
    typeOfJson(part, Object.hasOwn(inside, name) ? inside[name] : undefined),
  ]);
  return {
    kind: 'object',
    fields: Object.fromEntries(fields) as Record<string, ValueType>,
    required: [],
    mayBeEmpty: false,
    classification: PUBLIC,
  };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
