import { REQUEST, SMALL, fillRequest, follow } from '../server/quote-journey.ts';
import type { Wish } from '../server/quote-journey.ts';
import type { Visitor } from '../server/visitor.ts';
import { createVisitor } from '../server/visitor.ts';
import { until } from '../until.ts';

/** Asks for a price, waits for the mail with the quote, and follows its link. */
export async function customerWithQuote(origin: string, wish: Wish = SMALL): Promise<Visitor> {
  const customer = createVisitor(origin);
  await fillRequest(customer, wish);
  await follow(customer.post(`${REQUEST}?step=check`));
  const reference = /Q-\d+-\d+/u.exec((await customer.get(`${REQUEST}/sent`)).text)?.[0];
  const mail = await until('the mail', async () => {
    const { text } = await customer.get('/demo/mails');
    return text.includes(reference ?? 'Q-') ? /\/demo\/mails\/\d+/u.exec(text)?.[0] : undefined;
  });
  const link = /\/l\/[\w-]+/u.exec((await customer.get(mail)).text)?.[0];
  if (link === undefined) throw new Error('The mail has no link.');
  await follow(customer.get(link));
  return customer;
}
