import type { Json, JsonObject } from '../json.ts';
import { fieldOf } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import { ExactDecimal } from '../values/decimal.ts';
import { parseDuration } from '../values/duration.ts';
import { TOLD } from './test-file.ts';

/**
 * Tells whether two stored values are the same to their author: `"40.50"` is the decimal `"40.5"`,
 * and an instant is the same however it is written. What is missing is empty.
 */
export function isSameValue(a: Json | undefined, b: Json | undefined, type?: ValueType): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (left === null || right === null) return left === right;
  if (isList(left) && isList(right)) return areSameItems(left, right, type);
  if (isObject(left) && isObject(right)) return haveSameFields(left, right, type);
  return measured(left, type) === measured(right, type);
}

function measured(value: Json, type: ValueType | undefined): unknown {
  const measure = type && MEASURES[type.kind];
  if (measure === undefined || typeof value === 'object') return value;
  return measure(String(value));
}

/** What tells values of a kind apart, where it is not how they are written. */
const MEASURES: Partial<Record<ValueType['kind'], (text: string) => unknown>> = {
  decimal: (text) => (Number.isNaN(Number(text)) ? text : new ExactDecimal(text).toFixed()),
  'date-time': (text) => Date.parse(text),
  duration: parseDuration,
};

function areSameItems(a: readonly Json[], b: readonly Json[], type?: ValueType): boolean {
  const of = type?.kind === 'list' ? type.of : undefined;
  return a.length === b.length && a.every((item, index) => isSameValue(item, b[index], of));
}

function haveSameFields(a: JsonObject, b: JsonObject, type?: ValueType): boolean {
  if (type?.kind === 'file') {
    // What is not told of a file, a test case does not ask for.
    return TOLD.every(
      (name) => a[name] === undefined || b[name] === undefined || a[name] === b[name],
    );
  }
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.every((name) => isSameValue(a[name], b[name], type && fieldOf(type, name)));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
