import type { MessageManifest, SignatureManifest } from '../../governance/connector-manifest.ts';
import { valueAt } from '../../governance/input-path.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Validate } from '../../kernel/validator/schema-error.ts';
import { verifySignature } from './verify-signature.ts';
import type { WebhookRefusal, WebhookRequest } from './verify-signature.ts';

/** One message of a connector, ready to be received. */
export interface Receiver {
  /** `oms.orderConfirmed`. */
  readonly name: string;
  readonly manifest: MessageManifest;
  readonly signature: SignatureManifest;
  readonly validate: Validate;
}

/** A message that may be handed to the cases that wait for it. */
export interface ReceivedMessage {
  readonly kind: 'message';
  readonly name: string;
  /** The sender's own id, made unique by the connector's name; the same id twice is one message. */
  readonly id: string;
  /** The value of the field that `match` is held against, as text. */
  readonly key: string;
  readonly body: JsonObject;
}

/**
 * Reads one inbound webhook: signature first, then JSON, then the declared body. A message that was
 * received before is told by its id; to keep ids for longer than the window is the caller's part.
 */
export function receiveWebhook(
  request: WebhookRequest,
  { name, manifest, signature, validate }: Receiver,
  secret: string,
  now: number,
): ReceivedMessage | WebhookRefusal {
  const verified = verifySignature(request, signature, secret, now);
  if (verified.kind === 'refused') return verified;
  const body = parse(request.rawBody);
  if (body === undefined) {
    return refusal(400, 'webhook-not-json', 'The body is not a JSON object.');
  }
  const wrong = validate(body);
  const key = valueAt(body, manifest.correlate);
  if (wrong.length > 0 || (typeof key !== 'string' && typeof key !== 'number')) {
    const [first] = wrong;
    const place =
      first === undefined
        ? `${manifest.correlate} is missing`
        : `${first.pointer} ${first.message}`;
    return refusal(422, 'webhook-body', `The body is not of the type of "${name}": ${place}.`);
  }
  const [connector = ''] = name.split('.');
  return { kind: 'message', name, id: `${connector}/${verified.id}`, key: String(key), body };
}

function parse(rawBody: Uint8Array): JsonObject | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function refusal(status: 400 | 422, code: string, message: string): WebhookRefusal {
  return { kind: 'refused', status, code, message };
}
