import type { Json } from '../json.ts';
import { pointerTo } from '../validator/pointer.ts';
import { acceptsMedia, readSize } from './media.ts';

interface FileFacts {
  readonly id: string;
  /** As it was called where it came from, without folders. */
  readonly name: string;
  /** Its media type, `application/pdf`. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Of its bytes, hex. */
  readonly sha256: string;
}

/**
 * A stored file as a case carries it: what is said of it, never its bytes. The host alone makes one,
 * of a file that it has stored. It is a JSON object like any other.
 */
export type FileValue = { readonly [K in keyof FileFacts]: FileFacts[K] };

const ID = /^[A-Za-z0-9_-]{1,128}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const MOST_NAME = 255;
const PARTS = 5;

/** Tells whether a value is one that stands for a stored file; whether there is such a file is not asked. */
export function isFileValue(value: unknown): value is FileValue {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, type, size, sha256 } = value as Partial<Record<keyof FileValue, unknown>>;
  return (
    Object.keys(value).length === PARTS &&
    isText(id, ID) &&
    isText(sha256, SHA256) &&
    typeof name === 'string' &&
    name !== '' &&
    name.length <= MOST_NAME &&
    typeof type === 'string' &&
    Number.isSafeInteger(size) &&
    Number(size) >= 0
  );
}

/** Finds the files in a value, however deep, each with the pointer to it. */
export function filesIn(
  value: Json,
  pointer = '',
): readonly { readonly file: FileValue; readonly pointer: string }[] {
  if (isFileValue(value)) return [{ file: value, pointer }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, Json]) =>
    filesIn(part, pointerTo(pointer, name)),
  );
}

/** Tells whether a file has one of the media types that are taken. */
export function hasType({ type }: Pick<FileValue, 'type'>, accept: readonly string[]): boolean {
  return accept.some((one) => acceptsMedia(one, type));
}

/** Tells whether a file is no bigger than a size, written like `10 MB`. */
export function isWithinSize({ size }: FileValue, most: string): boolean {
  return size <= (readSize(most) ?? 0);
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
