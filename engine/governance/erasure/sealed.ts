/**
 * What of an entry can be erased: its personal values lie apart, with one salt, and the chain covers
 * their digest alone. Without the salt nobody can tell from a digest which values it was made of.
 */
import type { Json, JsonObject } from '../../kernel/json.ts';
import { canonicalJson } from '../canonical-json.ts';
import { digestText } from '../digest.ts';

/** The way to a value in the body of an entry: names of fields, and places in lists from 0. */
export type BodyPath = readonly (string | number)[];

/** What the hash of an entry of format 2 covers in place of its personal values. */
export interface Sealed {
  readonly format: 2;
  /** Where they belong in the body, which has `null` there. */
  readonly at: readonly BodyPath[];
  /** SHA-256 of the salt and the values, in the order of `at`. */
  readonly digest: string;
}

/** The part of an entry that is erased: the salt and the values, in the order of `at`. */
export interface PersonalPart {
  readonly salt: string;
  readonly values: readonly Json[];
}

/** An entry's body, and what of it is sealed. */
export interface SealedBody {
  readonly body: Json;
  /** Absent in an entry of format 1, of which all is in the chain. */
  readonly sealed?: Sealed;
  /** Absent in an entry of format 1, and where the values were erased; the body has `null` for them then. */
  readonly salt?: string;
}

/** Seals what lies at some places of a body. */
export function sealBody(body: Json, at: readonly BodyPath[], salt: string): SealedBody {
  const values = at.map((path) => valueAt(body, path));
  return { body, sealed: { format: 2, at, digest: personalDigest({ salt, values }) }, salt };
}

/** The body as the chain covers it and its own column has it: `null` in place of sealed values. */
export function publicBody({ body, sealed }: SealedBody): Json {
  return (sealed?.at ?? []).reduce<Json>((all, path) => withValue(all, path, null), body);
}

/** What can be erased of an entry; nothing where it is of format 1, or was erased. */
export function personalPart({ body, sealed, salt }: SealedBody): PersonalPart | undefined {
  if (sealed === undefined || salt === undefined) return undefined;
  return { salt, values: sealed.at.map((path) => valueAt(body, path)) };
}

/** Puts a body together again; without its personal part it was erased. */
export function wholeBody(
  body: Json,
  sealed: Sealed,
  personal: PersonalPart | undefined,
): SealedBody {
  const values = personal?.values ?? [];
  const whole = sealed.at.reduce<Json>(
    (all, path, index) => withValue(all, path, values[index] ?? null),
    body,
  );
  return { body: whole, sealed, ...(personal === undefined ? {} : { salt: personal.salt }) };
}

/** Tells whether the personal values of an entry are gone. */
export function isErased({ sealed, salt }: SealedBody): boolean {
  return sealed !== undefined && salt === undefined;
}

/** Tells whether the personal values of an entry are those that were sealed, or none where they were erased. */
export function isAsSealed(entry: SealedBody): boolean {
  const { body, sealed } = entry;
  if (sealed === undefined) return true;
  const personal = personalPart(entry);
  if (personal === undefined) return sealed.at.every((path) => valueAt(body, path) === null);
  return personalDigest(personal) === sealed.digest;
}

/** The digest of a snapshot, as the entry of its step has it; what it holds may be personal as well. */
export function snapshotDigest(snapshot: string, salt: string | undefined): string {
  return digestText(salt === undefined ? snapshot : `${salt}\n${snapshot}`);
}

function personalDigest({ salt, values }: PersonalPart): string {
  return digestText(canonicalJson({ salt, values }));
}

function valueAt(value: Json, path: BodyPath): Json {
  return path.reduce<Json>((inner, step) => memberOf(inner, step) ?? null, value);
}

function memberOf(value: Json, step: string | number): Json | undefined {
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return value[step];
}

/** The same value with another at a place; where there is no such place, or it is there, it stays as it is. */
function withValue(value: Json, path: BodyPath, inner: Json, depth = 0): Json {
  const step = path[depth];
  if (step === undefined) return inner;
  const member = memberOf(value, step);
  if (member === undefined) return value;
  const next = withValue(member, path, inner, depth + 1);
  if (next === member) return value;
  if (isList(value)) return value.map((one, index) => (index === step ? next : one));
  return { ...(value as JsonObject), [step]: next };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
