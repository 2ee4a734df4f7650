import { createHash } from 'node:crypto';
import { TrellisError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { MailDestination } from '../../ports/destination.ts';

/** A mail with one recipient, safe to hand to the mail library. */
export interface ComposedMail {
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** One plain address: nothing that a header or a list of addresses could be made of. */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/**
 * Writes one mail. Its Message-ID follows from the idempotency key, so that a repeated mail is the
 * same mail to whoever receives it.
 *
 * @throws `TrellisError` with code `wrong-input` for a recipient that is not one plain address.
 */
export function composeMail(
  input: JsonObject,
  idempotencyKey: string,
  from: MailDestination['from'],
): ComposedMail {
  const to = text(input, 'to');
  if (to.length > 254 || !ADDRESS.test(to)) {
    throw new TrellisError('wrong-input', 'The recipient is not one plain mail address.');
  }
  const html = text(input, 'html');
  return {
    messageId: messageId(idempotencyKey, from.address),
    from,
    to: { name: '', address: to },
    subject: text(input, 'subject')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim(),
    text: text(input, 'text'),
    ...(html === '' ? {} : { html }),
  };
}

function text(input: JsonObject, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}

function messageId(idempotencyKey: string, sender: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);
  return `<${digest}@${sender.slice(sender.indexOf('@') + 1)}>`;
}
