import type { Json, JsonObject } from '../json.ts';
import { fieldOf } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';

/** How many bytes a file of a test case has that says nothing of it. */
const SIZE = 1000;

/** Stands in for a hash: a test case has no bytes. */
const SHA256 = '0'.repeat(64);

/** What tells files apart to the author of a test case. */
export const TOLD = ['name', 'type', 'size'];

/**
 * Makes stored files of what a test case says of them, `{ name: plan.pdf }`, wherever the type of a
 * value has one. Without a `type` it is the first that is taken, without a `size` 1000 bytes.
 */
export function withFiles(value: Json, type: ValueType | undefined): Json {
  if (type?.kind === 'list' && isList(value)) return value.map((item) => withFiles(item, type.of));
  if (!isObject(value)) return value;
  if (type?.kind === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, withFiles(part, fieldOf(type, name))]),
    );
  }
  return type?.kind === 'file' ? fileOf(value, type.accept) : value;
}

/** What it should not have stays, so that it is refused. */
function fileOf(value: JsonObject, accept: readonly string[]): JsonObject {
  const {
    name = 'file',
    type = accept.find((one) => !one.includes('*')) ?? '',
    size = SIZE,
  } = value;
  return { ...value, id: 'test-file', name, type, size, sha256: SHA256 };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
