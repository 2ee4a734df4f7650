import type { Json, JsonObject } from '../../kernel/json.ts';
import type { BodyPath, PersonalPart, Sealed, SealedBody } from './sealed.ts';
import { wholeBody } from './sealed.ts';

/** What an entry says as it is stored, as text. */
export interface SealedText {
  readonly body: string;
  readonly sealed?: string;
  readonly personal?: string;
}

/**
 * Reads a body with what of it was sealed. Nothing where it is not as a host writes it: not even in the
 * places of sealed values may another value stand.
 *
 * @throws `SyntaxError` where something is no JSON.
 */
export function readSealed({ body: text, sealed, personal }: SealedText): SealedBody | undefined {
  const body = JSON.parse(text) as Json;
  if (sealed === undefined) return personal === undefined ? { body } : undefined;
  const facts = JSON.parse(sealed) as Json;
  const part = personal === undefined ? undefined : (JSON.parse(personal) as Json);
  if (!isSealed(facts) || (part !== undefined && !isPersonal(part, facts.at.length))) {
    return undefined;
  }
  if (facts.at.some((path) => valueAt(body, path) !== null)) return undefined;
  return wholeBody(body, facts, part);
}

/** Tells whether a value has the form of what an entry says that is sealed. */
export function isSealed(value: Json): value is Json & Sealed {
  if (!isObject(value)) return false;
  const { format, at, digest } = value;
  const isKnown = format === 2 && typeof digest === 'string';
  return isKnown && Array.isArray(at) && (at as readonly Json[]).every(isPath);
}

function isPath(value: Json): value is Json & BodyPath {
  return (
    Array.isArray(value) &&
    value.every((step) => typeof step === 'string' || typeof step === 'number')
  );
}

function isPersonal(value: Json, count: number): value is Json & PersonalPart {
  if (!isObject(value) || typeof value['salt'] !== 'string') return false;
  const { values } = value;
  return Array.isArray(values) && values.length === count;
}

function valueAt(value: Json, path: BodyPath): Json | undefined {
  let inner: Json | undefined = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step))
      return undefined;
    inner = (inner as Readonly<Record<string | number, Json>>)[step];
  }
  return inner;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
