import { expect } from 'chai';
import { apiTokenHash, newApiToken } from '../../server/host/api-tokens.ts';
import {
  LARGE,
  REQUEST,
  SMALL,
  accept,
  follow,
  linkIn,
  openLink,
  signedIn,
} from './quote-journey.ts';
import type { Wish } from './quote-journey.ts';
import { createVisitor } from './visitor.ts';
import type { Visitor } from './visitor.ts';
import type { RunningHost } from './with-host.ts';
import { startHost } from './with-host.ts';

/** Two values of a field that is confidential; nothing else differs between the worlds. */
const VALUES = ['IE1234567T', 'NL00425B01A9'] as const;
/** By what somebody might look for one of them. */
const PROBES = [VALUES[0], VALUES[0].slice(0, 5), VALUES[1], '1234567'];
const UNPRICED: Wish = { ...SMALL, sku: 'S1' };
const UNKNOWN: Wish = { ...SMALL, sku: 'X9' };
/** More pages than anybody reaches: a walk that comes to it goes in circles. */
const MOST_PAGES = 600;

type World = Awaited<ReturnType<typeof startHost>>;

/** Asks for a price with a VAT number. */
async function ask(world: RunningHost, wish: Wish, vatNo: string): Promise<string> {
  const visitor = createVisitor(world.origin);
  await follow(
    visitor.post(`${REQUEST}?step=page-1`, [
      ['/customer/legalName', wish.company],
      ['/customer/contactEmail', wish.email],
      ['/customer/vatNo', vatNo],
    ]),
  );
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
  await follow(visitor.post(`${REQUEST}?step=check`));
  const { text } = await visitor.get(`${REQUEST}/sent`);
  await world.rest();
  return /Q-\d+-\d+/u.exec(text)?.[0] ?? '';
}

/** Reads pages of one world so that they can be held against those of another. */
class Reader {
  readonly #visitor: Visitor;
  readonly #origin: string;
  /** Long words are ids, secrets and digests: each world has its own. */
  readonly #words = new Map<string, string>();

  constructor(visitor: Visitor, { origin }: RunningHost) {
    this.#visitor = visitor;
    this.#origin = origin;
  }

  async read(path: string): Promise<{ readonly seen: string; readonly links: readonly string[] }> {
    const { status, text, location } = await this.#visitor.get(path);
    const links = [...text.matchAll(/<a\b[^>]*? href="(\/[^"#]*)/gu)].map(([, link = '']) => link);
    const searches = [...text.matchAll(/<form\b[^>]*method="get"[^>]*>.*?<\/form>/gsu)].flatMap(
      ([form]) => searchesIn(form, path),
    );
    const seen = this.#plain(`${path} ${String(status)} ${location}\n${text}`);
    return {
      seen,
      links: [...links, ...searches].map((link) =>
        link.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'),
      ),
    };
  }

  #plain(text: string): string {
    return text.replaceAll(this.#origin, '').replaceAll(/[\w-]{16,}/gu, (word) => {
      const known = this.#words.get(word) ?? `#${String(this.#words.size)}`;
      this.#words.set(word, known);
      return known;
    });
  }
}

/** Every text field of a form that looks for something, filled in with what might be found. */
function searchesIn(form: string, path: string): readonly string[] {
  const [action = path.split('?')[0] ?? path] = /action="([^"]*)"/u.exec(form)?.slice(1) ?? [];
  const names = [...form.matchAll(/<input\b[^>]*? name="([^"]+)"/gu)].map(([, name = '']) => name);
  return names.flatMap((name) =>
    PROBES.map((probe) => `${action}?${new URLSearchParams({ [name]: probe }).toString()}`),
  );
}

/** All pages that somebody comes to by links and searches, in both worlds, side by side. */
async function differences(
  readers: readonly [Reader, Reader],
  from: string,
): Promise<{
  readonly pages: readonly string[];
  readonly differing: readonly string[];
}> {
  const [one, other] = readers;
  const visited = new Set<string>();
  const differing: string[] = [];
  const open: (readonly [string, string])[] = [[from, from]];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const [here, there] = next;
    if (visited.has(here) || here.startsWith('/demo')) continue;
    visited.add(here);
    if (visited.size > MOST_PAGES) throw new Error(`The walk does not end: ${here}`);
    const [first, second] = await Promise.all([one.read(here), other.read(there)]);
    if (first.seen !== second.seen)
      differing.push(`${here}\n${firstDifference(first.seen, second.seen)}`);
    for (const [index, link] of first.links.entries())
      if (!visited.has(link)) open.push([link, second.links[index] ?? link]);
  }
  return { pages: [...visited], differing };
}

function firstDifference(one: string, other: string): string {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `${lines[at] ?? ''}\n${others[at] ?? ''}`;
}

describe('a field that somebody may not read', function () {
  this.timeout(180_000);
  const worlds: World[] = [];
  const links: string[] = [];

  before('make two worlds that differ in it alone', async () => {
    for (const vatNo of VALUES) {
      const world = await startHost({});
      worlds.push(world);
      for (const wish of [UNPRICED, UNKNOWN, LARGE]) await ask(world, wish, vatNo);
      const offered = await ask(world, SMALL, vatNo);
      links.push(linkIn(world, offered) ?? '');
      await accept(await openLink(world, await ask(world, SMALL, vatNo)), 'PO-1');
      await world.rest();
    }
  });

  after(() => Promise.all(worlds.map((world) => world.close())));

  const readersOf = async (
    visit: (world: World, index: number) => Promise<Visitor>,
  ): Promise<readonly [Reader, Reader]> => {
    const [one, other] = await Promise.all(
      worlds.map(async (world, index) => new Reader(await visit(world, index), world)),
    );
    if (one === undefined || other === undefined) throw new Error('There are no two worlds.');
    return [one, other];
  };

  for (const who of ['ian', 'ines', 'rolf', 'ada']) {
    it(`cannot be told from any page that ${who} comes to, nor looked for`, async () => {
      const readers = await readersOf((world) => signedIn(world, `${who}@meridian.example`));
      const { pages, differing } = await differences(readers, '/');
      expect(differing).to.deep.equal([]);
      expect(pages.length, pages.join(' ')).to.be.greaterThan(10);
      if (who === 'ada') expect(pages.some((page) => /^\/cases\/[^?]/u.test(page))).to.equal(true);
    });
  }

  it('cannot be told from what the customer comes to', async () => {
    const readers = await readersOf(async (world, index) => {
      const visitor = createVisitor(world.origin);
      await follow(visitor.get(links[index] ?? ''));
      return visitor;
    });
    const { pages, differing } = await differences(readers, '/status');
    expect(differing).to.deep.equal([]);
    expect(pages.length).to.be.greaterThan(2);
  });

  it('cannot be told from what a program is told of a case, nor from a refusal', async () => {
    const told = await Promise.all(
      worlds.map(async ({ host, origin }) => {
        const token = newApiToken();
        const hash = apiTokenHash(token);
        const workflows = ['online-quote'];
        await host.store.tokens.add({ id: 'shop', name: 'Shop', hash, workflows, createdAt: 1 });
        const program = createVisitor(origin);
        const headers = { authorization: `Bearer ${token}` };
        const answers = await Promise.all(
          ['Q-2027-1', 'Q-2027-5', ...PROBES].map((reference) =>
            program.get(`/api/cases/${reference}`, headers),
          ),
        );
        return answers.map(({ status, text }) => {
          const { id, ...rest } = JSON.parse(text) as Record<string, unknown>;
          return { status, rest, hasId: id !== undefined };
        });
      }),
    );
    expect(told[0]).to.deep.equal(told[1]);
    expect(told[0]?.map(({ status }) => status)).to.deep.equal([200, 200, 404, 404, 404, 404]);
  });

  it('is found by the same walk of somebody who may read it', async () => {
    const readers = await readersOf((world) => signedIn(world, 'rita@meridian.example'));
    const { differing } = await differences(readers, '/');
    expect(differing.join('\n')).to.contain(VALUES[0]).and.to.contain(VALUES[1]);
  });
});
