import { expect } from 'chai';
import type { Task } from '../../engine/ports/step.ts';
import type { CaseRow } from '../../engine/ports/worklist.ts';
import { until } from '../until.ts';
import type { Answer, Fields, Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import type { RunningHost } from './with-host.ts';

/** What somebody asks a price for. */
export interface Wish {
  readonly company: string;
  readonly email: string;
  readonly sku: string;
  readonly pieces: number;
}

/** A small order of a retail customer: it needs no review. */
export const SMALL: Wish = { company: 'Ada Ltd', email: 'a@ada.example', sku: 'A1', pieces: 2 };
/** An order of a key customer above 10,000: 15 % discount, which somebody must check. */
export const LARGE: Wish = { company: 'Bo BV', email: 'b@bo.example', sku: 'A1', pieces: 300 };

export const REQUEST = '/start/online-quote/online';

/** Fills the request up to its last page, without sending it. */
export async function fillRequest(visitor: Visitor, wish: Wish): Promise<void> {
  await follow(visitor.post(`${REQUEST}?step=page-1`, aboutYou(wish)));
  await follow(
    visitor.post(`${REQUEST}?step=list-1-entry-1`, [
      ['/lines/0/sku', wish.sku],
      ['/lines/0/qty', String(wish.pieces)],
    ]),
  );
  await follow(
    visitor.post(`${REQUEST}?step=page-2`, [
      ['/lines#n', '1'],
      ['/comment', ''],
    ]),
  );
}

/** What the first page of the request asks. */
export function aboutYou({ company, email }: Wish): Fields {
  return [
    ['/customer/legalName', company],
    ['/customer/contactEmail', email],
    ['/customer/vatNo', ''],
  ];
}

/** Asks for a price, and answers the reference of the case once its automatic part is done. */
export async function askForPrice(running: RunningHost, wish: Wish): Promise<string> {
  const visitor = createVisitor(running.origin);
  await fillRequest(visitor, wish);
  await follow(visitor.post(`${REQUEST}?step=check`));
  const { text } = await visitor.get(`${REQUEST}/sent`);
  await running.rest();
  const reference = /Q-\d+-\d+/u.exec(text)?.[0];
  if (reference === undefined) throw new Error(`No reference on the page: ${text}`);
  return reference;
}

/** The path of the link in the newest mail about a case; `undefined` while there is none. */
export function linkIn({ demo, origin }: RunningHost, reference: string): string | undefined {
  const mails = demo.mails.list().filter(({ subject }) => subject.includes(reference));
  const start = `${origin}/l/`;
  const address = mails
    .flatMap(({ text }) => text.split(/\s+/u))
    .find((word) => word.startsWith(start));
  return address?.slice(origin.length);
}

/** Follows the link of a mail, and answers whoever holds it now. */
export async function openLink(running: RunningHost, reference: string): Promise<Visitor> {
  const visitor = createVisitor(running.origin);
  const link = linkIn(running, reference);
  if (link === undefined) throw new Error(`No mail with a link was sent for ${reference}.`);
  const { location } = await follow(visitor.get(link));
  expect(location).to.equal('/status');
  return visitor;
}

/** Accepts the quote of whoever holds a link. */
export async function accept(holder: Visitor, poNumber: string): Promise<void> {
  await follow(holder.post('/status/answer?step=outcome', [['#outcome', 'accept']]));
  await follow(holder.post('/status/answer?step=page-1', [['/quote/poNumber', poNumber]]));
}

/** Signs a person of the demo in. */
export async function signedIn(
  { origin, people }: Pick<RunningHost, 'origin' | 'people'>,
  email: string,
): Promise<Visitor> {
  const person = people.find((one) => one.email === email);
  if (person === undefined) throw new Error(`Nobody has the address ${email}.`);
  const visitor = createVisitor(origin);
  await follow(
    visitor.post('/sign-in', [
      ['email', email],
      ['password', person.password],
    ]),
  );
  return visitor;
}

/** The case with a reference, as it is stored. */
export async function caseOf({ host }: RunningHost, reference: string): Promise<CaseRow> {
  const { rows } = await host.store.worklist.cases({ reference }, undefined, 2);
  const found = rows.find((row) => row.reference === reference);
  if (found === undefined) throw new Error(`There is no case ${reference}.`);
  return found;
}

/** The one open task of a case. */
export async function openTaskOf(running: RunningHost, reference: string): Promise<Task> {
  const { id } = await caseOf(running, reference);
  const tasks = await running.host.store.worklist.tasksOfCase(id);
  const open = tasks.filter(({ status }) => status === 'open' || status === 'claimed');
  const [task] = open;
  if (task === undefined || open.length > 1) {
    throw new Error(`${reference} has ${open.length} open tasks.`);
  }
  return task;
}

/** Waits for a case to end, and answers how it did. */
export async function outcomeOf(running: RunningHost, reference: string): Promise<string> {
  return until(`the end of ${reference}`, async () => (await caseOf(running, reference)).outcome);
}

/** Holds that an answer is a redirect. */
export async function follow(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  expect(given.status, mainText(given)).to.equal(303);
  return given;
}

/** What a page says, without its frame and its markup. */
export function mainText({ text }: Answer): string {
  const main = /<main[^>]*>(.*)<\/main>/su.exec(text)?.[1] ?? text;
  return main
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
