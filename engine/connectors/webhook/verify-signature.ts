import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureManifest } from '../../governance/connector-manifest.ts';
import { milliseconds } from '../../governance/connector-limits.ts';

/** A request as it came in. Header names are lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Uint8Array;
}

/** Why a webhook is turned away; `status` is the HTTP status to answer with. */
export interface WebhookRefusal {
  readonly kind: 'refused';
  readonly status: 400 | 401 | 404 | 422;
  readonly code: string;
  readonly message: string;
}

/**
 * Holds a webhook against its signature, in the form of Standard Webhooks: HMAC-SHA-256 over
 * `ID.TIMESTAMP.BODY` (the raw bytes), as `v1,BASE64`, several of them parted by spaces while a
 * secret is being changed. The id is signed too, so that a message cannot be told again under
 * another one. Answers the id of the message.
 */
export function verifySignature(
  { headers, rawBody }: WebhookRequest,
  signature: SignatureManifest,
  secret: string,
  now: number,
): { readonly kind: 'verified'; readonly id: string } | WebhookRefusal {
  const header = (name: string): string => {
    const value = headers[name.toLowerCase()];
    return typeof value === 'string' ? value : '';
  };
  const id = header(signature.idHeader ?? 'webhook-id');
  const timestamp = header(signature.timestampHeader ?? 'webhook-timestamp');
  const given = header(signature.signatureHeader ?? 'webhook-signature');
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp) || given === '') {
    return refusal('webhook-unsigned', 'The headers with id, timestamp and signature are needed.');
  }
  if (!matches(given, sign(secret, id, timestamp, rawBody))) {
    return refusal('webhook-signature', 'The signature does not fit the message.');
  }
  const window = milliseconds(signature.window ?? '5 minutes');
  if (Math.abs(now - Number(timestamp) * 1000) > window) {
    return refusal('webhook-time', `The timestamp lies more than ${window / 1000} s from now.`);
  }
  return { kind: 'verified', id };
}

/** Signs a message as {@link verifySignature} expects it; `timestamp` is in seconds. */
export function sign(secret: string, id: string, timestamp: string, rawBody: Uint8Array): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(rawBody);
  return `v1,${mac.digest('base64')}`;
}

/** A secret may be a text, or bytes as `whsec_BASE64`. */
function keyOf(secret: string): Buffer {
  const prefix = 'whsec_';
  return secret.startsWith(prefix)
    ? Buffer.from(secret.slice(prefix.length), 'base64')
    : Buffer.from(secret, 'utf8');
}

const MOST_SIGNATURES = 8;

function matches(given: string, expected: string): boolean {
  const wanted = Buffer.from(expected);
  return given
    .split(' ', MOST_SIGNATURES)
    .map((one) => Buffer.from(one))
    .some((one) => one.length === wanted.length && timingSafeEqual(one, wanted));
}

function refusal(code: string, message: string): WebhookRefusal {
  return { kind: 'refused', status: 401, code, message };
}
