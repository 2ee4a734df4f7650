import { expect } from 'chai';
import { createVisitor } from './visitor.ts';
import type { Answer } from './visitor.ts';
import { REQUEST, mainText } from './quote-journey.ts';
import type { Wish } from './quote-journey.ts';
import type { RunningHost } from './with-host.ts';

/** More pages than a request ever has, also where one has to be filled in again. */
const MOST_PAGES = 20;

/**
 * Asks for a price as a person does, who reads each page and fills in what it asks, whatever it is
 * called by then; answers the reference of the case.
 */
export async function walkRequest({ origin }: RunningHost, wish: Wish): Promise<string> {
  const visitor = createVisitor(origin);
  const answers: Readonly<Record<string, string>> = {
    '/customer/legalName': wish.company,
    '/customer/contactEmail': wish.email,
    '/customer/vatNo': 'IE1234567X',
    '/customer/taxId': 'IE1234567X',
    '/lines/0/sku': wish.sku,
    '/lines/0/qty': String(wish.pieces),
    '/comment': '',
  };
  let path = REQUEST;
  let hasLine = false;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const shown = await visitor.get(path);
    if (shown.status === 303) {
      path = shown.location;
      continue;
    }
    expect(shown.status, mainText(shown)).to.equal(200);
    if (path.endsWith('/sent')) return referenceIn(shown);
    const asked = namesIn(shown);
    if (asked.includes('/lines#n') && !hasLine) {
      path = `${REQUEST}?step=list-1-entry-1`;
      hasLine = true;
      continue;
    }
    const sent = await visitor.post(
      actionIn(shown) ?? path,
      asked.map((name) => [name, name === '/lines#n' ? '1' : (answers[name] ?? '')] as const),
    );
    // What is asked may have changed since the page was shown: then it is asked again.
    expect([303, 422], mainText(sent)).to.include(sent.status);
    if (sent.status === 303) path = sent.location;
  }
  throw new Error('The request never came to its end.');
}

/** The names of what a page asks, in their order. */
function namesIn({ text }: Answer): readonly string[] {
  const main = /<main[^>]*>(.*)<\/main>/su.exec(text)?.[1] ?? '';
  const names = [...main.matchAll(/<(?:input|select|textarea)[^>]* name="([^"]+)"/gu)];
  return [...new Set(names.map(([, name = '']) => name))].filter((name) => name.startsWith('/'));
}

/** Where the form of a page is sent to. */
function actionIn({ text }: Answer): string | undefined {
  const main = /<main[^>]*>(.*)<\/main>/su.exec(text)?.[1] ?? '';
  return /<form[^>]* action="([^"]+)"/u.exec(main)?.[1]?.replaceAll('&#x3D;', '=');
}

function referenceIn({ text }: Answer): string {
  const reference = /Q-\d+-\d+/u.exec(text)?.[0];
  if (reference === undefined) throw new Error(`No reference on the page: ${text}`);
  return reference;
}
