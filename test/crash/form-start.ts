import type { Json } from '../../engine/kernel/json.ts';
import { draftKey } from '../../server/desk/drafts.ts';
import type { Client, Reply } from './client.ts';

const FORM = '/start/parcel/online';

/**
 * Begins a case by the public form, as a browser without JavaScript does it: it is posted with the
 * cookie that came with its page. Answers as a start by a program is answered, with the key that
 * it is stored under.
 */
export async function startByForm(
  client: Client,
  slip: string,
  isSentTwice: boolean,
): Promise<{ readonly key: string; readonly reply: Reply }> {
  const { cookie = '' } = await client.page(FORM);
  const key = draftKey(cookie.slice(cookie.indexOf('=') + 1));
  const send = (): Promise<Reply> =>
    client.form(`${FORM}?step=page-1`, { '/parcel/slip': slip }, cookie);
  let reply = await send();
  if (isSentTwice) reply = await send();
  if (reply.status !== 303 || reply.location === undefined) return { key, reply };
  const sent = await client.page(reply.location, cookie);
  const reference = /P-\d+/u.exec(sent.answer as string)?.[0] ?? 'no reference';
  const { answer } = await client.see(reference);
  const { id = null } = answer as { readonly id?: Json };
  return { key, reply: { status: 201, answer: { id, reference }, at: sent.at } };
}
