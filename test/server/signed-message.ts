import { createHmac } from 'node:crypto';
import type { Answer } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import type { RunningHost } from './with-host.ts';

interface Signing {
  /** (Default: the key of the host) */
  readonly key?: string;
  /** Seconds that the message is old. (Default: 0) */
  readonly age?: number;
  /** (Default: `msg_1`) */
  readonly id?: string;
}

/** Tells a host something as order management does, signed by the public specification. */
export async function tellHost(
  { host, origin, clock }: Pick<RunningHost, 'host' | 'origin' | 'clock'>,
  message: string,
  body: string,
  { key = host.environment.secrets.get('oms-webhook-key'), age = 0, id = 'msg_1' }: Signing = {},
): Promise<Answer> {
  const timestamp = String(Math.floor(clock.now() / 1000) - age);
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return createVisitor(origin).send(`/webhooks/oms/${message}`, body, {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  });
}
