import { createHash } from 'node:crypto';
import { TrellisError } from '../../engine/index.ts';
import type {
  AccessActor,
  Actor,
  ApiToken,
  FormValues,
  JsonObject,
  Workflow,
} from '../../engine/index.ts';
import { apiTokenHash } from '../host/api-tokens.ts';
import type { RouteRequest } from './route.ts';
import type { Site } from './site.ts';

/** How deep the JSON of a request may be nested. */
const DEEPEST = 32;
const LONGEST_KEY = 200;

/**
 * The token that a request carries, if it still holds good.
 * @throws `TrellisError` with code `no-token`.
 */
export async function tokenOf(
  { host }: Site,
  { headers }: RouteRequest<undefined>,
): Promise<ApiToken> {
  const [, given] = /^Bearer ([\w-]{1,200})$/u.exec(headers['authorization'] ?? '') ?? [];
  const token =
    given === undefined ? undefined : await host.store.tokens.byHash(apiTokenHash(given));
  if (token !== undefined && token.revokedAt === undefined) return token;
  throw noToken();
}

/** Whether a token never was, is revoked, or is of somebody who left is not told. */
export function noToken(): TrellisError {
  return new TrellisError(
    'no-token',
    'This needs a token that holds good, as "Authorization: Bearer …". An administrator makes one with "trellis token add".',
  );
}

/** Who a program is for `authorize`. */
export function programOf({ id, workflows }: ApiToken): AccessActor {
  return { kind: 'api', id, workflows };
}

/** Who a program is for the history. */
export function authorOf({ id, name }: ApiToken): Actor {
  return { kind: 'api', id, name };
}

/** The key under which the answer to a request is stored: each program has its own. */
export function idempotencyKey(token: ApiToken, { headers }: RouteRequest<unknown>): string {
  const key = headers['idempotency-key'] ?? '';
  if (key === '' || key.length > LONGEST_KEY) {
    throw new TrellisError(
      'bad-request',
      `Send a header "Idempotency-Key" of up to ${LONGEST_KEY} characters, a new one for each thing that is to happen: the same key is answered as before.`,
    );
  }
  return createHash('sha256').update(`api\n${token.id}\n${key}`).digest('hex');
}

/** The body as a JSON object with no other keys than these. */
export function bodyOf(
  { headers, raw }: RouteRequest<unknown>,
  keys: readonly string[],
): JsonObject {
  if (!/^application\/json *(;|$)/iu.test(headers['content-type'] ?? '')) {
    throw new TrellisError('wrong-media', 'This takes JSON, as application/json.');
  }
  const body = parse(raw);
  if (
    typeof body !== 'object' ||
    body === null ||
    Array.isArray(body) ||
    isTooDeep(body, DEEPEST)
  ) {
    throw new TrellisError(
      'bad-request',
      `The body is not a JSON object, or is nested more than ${DEEPEST} deep.`,
    );
  }
  const unknown = Object.keys(body).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    throw new TrellisError(
      'bad-request',
      `"${unknown}" is not known here. The body may have: ${keys.join(', ')}.`,
    );
  }
  return body as JsonObject;
}

/** An object in the body; empty where it is not given. */
export function objectIn(body: JsonObject, key: string): JsonObject {
  const value = body[key] ?? {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw new TrellisError('bad-request', `"${key}" must be an object.`);
}

/** Tells the case's data and a form's own fields apart by their names. */
export function formValues(values: JsonObject, { data }: Workflow): FormValues {
  const names = new Set(data.map(({ name }) => name));
  const part = (isData: boolean): JsonObject =>
    Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name) === isData));
  return { data: part(true), own: part(false) };
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
