import { messagesOf } from '../governance/connector-manifest.ts';
import type { ConnectorManifest } from '../governance/connector-manifest.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import type { Validate } from '../kernel/validator/schema-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Secrets } from '../ports/signer.ts';
import { receiveWebhook } from './webhook/receive-webhook.ts';
import type { ReceivedMessage, Receiver } from './webhook/receive-webhook.ts';
import type { WebhookRefusal, WebhookRequest } from './webhook/verify-signature.ts';

/** The door for what other systems tell us on their own. */
export interface Webhooks {
  /** Verifies and reads a request to the address of one message, `oms.orderConfirmed`. */
  receive(message: string, request: WebhookRequest): ReceivedMessage | WebhookRefusal;
}

/** What webhooks need of their surroundings. */
export interface WebhookSettings {
  readonly manifests: readonly ConnectorManifest[];
  readonly secrets: Secrets;
  /** Makes a validator of a schema that may refer to locked types. */
  readonly compile: (schema: JsonSchema) => Validate;
  readonly clock: Clock;
}

/**
 * Opens the door for every message that the manifests declare.
 *
 * @throws `TrellisError` with code `secret-missing` when this host has no secret to verify with.
 */
export function createWebhooks({ manifests, secrets, compile, clock }: WebhookSettings): Webhooks {
  const receivers = new Map(
    manifests.flatMap((manifest) =>
      receiversOf(manifest, compile).map((receiver) => [receiver.name, receiver] as const),
    ),
  );
  for (const { signature } of receivers.values()) secrets.get(signature.secret);
  return {
    receive: (message, request) => {
      const receiver = receivers.get(message);
      return receiver === undefined
        ? {
            kind: 'refused',
            status: 404,
            code: 'webhook-unknown',
            message: 'There is no such message.',
          }
        : receiveWebhook(request, receiver, secrets.get(receiver.signature.secret), clock.now());
    },
  };
}

function receiversOf(
  manifest: ConnectorManifest,
  compile: WebhookSettings['compile'],
): readonly Receiver[] {
  const signature = 'signature' in manifest ? manifest.signature : undefined;
  if (signature === undefined) return [];
  return [...messagesOf(manifest)].map(([short, message]) => ({
    name: `${manifest.connector}.${short}`,
    manifest: message,
    signature,
    validate: compile(message.body),
  }));
}
