import type { HttpOperation } from '../../governance/connector-manifest.ts';
import type { Json } from '../../kernel/json.ts';
import type { ConnectorAnswer } from '../../ports/connector.ts';
import { readJson } from './read-json.ts';

/** An answer as it came. Header names are lower case. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Tells what an answer means for the call. */
export function classify(
  operation: string,
  errors: HttpOperation['errors'],
  answer: WireAnswer,
  now: number,
): ConnectorAnswer {
  const { status } = answer;
  if (status >= 200 && status < 300) return success(operation, answer);
  if (status < 400) {
    return {
      kind: 'broken',
      code: `http-${status}`,
      message: `${operation} answered with a redirect (${status}), which is not followed.`,
    };
  }
  return failure(operation, errors ?? {}, answer, now);
}

function success(operation: string, { status, headers, body }: WireAnswer): ConnectorAnswer {
  const wrong = (why: string): ConnectorAnswer => ({
    kind: 'broken',
    code: 'wrong-answer',
    message: `${operation} answered ${status}, but ${why}.`,
  });
  if (body === '') return { kind: 'ok', output: {} };
  if (!isJson(headers)) return wrong('its content type is not JSON');
  const read = readJson(body);
  return 'why' in read ? wrong(`its body ${read.why}`) : { kind: 'ok', output: read.json };
}

function failure(
  operation: string,
  errors: NonNullable<HttpOperation['errors']>,
  answer: WireAnswer,
  now: number,
): ConnectorAnswer {
  const { status } = answer;
  const told = toldCode(answer);
  const code = told !== undefined && Object.hasOwn(errors, told) ? told : `http-${status}`;
  const message = `${operation} answered ${status}${told === undefined ? '' : ` with the code "${told}"`}.`;
  const kind = meaning(status, Object.hasOwn(errors, code) ? errors[code] : undefined);
  if (kind !== 'retry') return { kind, code, message };
  const after = retryAfter(answer, now);
  // A code that the manifest declares, and 429, are clear words: the request was turned down.
  const turnedDown = Object.hasOwn(errors, code) || status === 429;
  return {
    kind,
    code,
    message,
    ...(after === undefined ? {} : { after }),
    ...(turnedDown ? { certainly: 'not done' } : {}),
  };
}

function meaning(
  status: number,
  declared: 'final' | 'retry' | undefined,
): 'final' | 'retry' | 'broken' {
  if (declared !== undefined) return declared;
  return status === 408 || status === 429 || status >= 500 ? 'retry' : 'broken';
}

/** The other side's own code, where its body is `{ "code": "…" }` with a plain one. */
function toldCode({ headers, body }: WireAnswer): string | undefined {
  if (!isJson(headers)) return undefined;
  const read = readJson(body);
  if ('why' in read) return undefined;
  const code = codeOf(read.json);
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : undefined;
}

function codeOf(body: Json): Json | undefined {
  return typeof body === 'object' && body !== null && 'code' in body ? body['code'] : undefined;
}

function isJson(headers: WireAnswer['headers']): boolean {
  return /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(String(headers['content-type'] ?? ''));
}

const LONGEST_PAUSE = 24 * 60 * 60 * 1000;

/** Reads `Retry-After`, in seconds or as a date, as milliseconds from now; a day at most. */
function retryAfter({ headers }: WireAnswer, now: number): number | undefined {
  const written = String(headers['retry-after'] ?? '').trim();
  if (written === '') return undefined;
  const pause = /^\d+$/.test(written) ? Number(written) * 1000 : Date.parse(written) - now;
  return Number.isNaN(pause) ? undefined : Math.min(Math.max(pause, 0), LONGEST_PAUSE);
}
