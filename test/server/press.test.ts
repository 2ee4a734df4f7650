import { expect } from 'chai';
import { beginErrand } from './errand.ts';
import { follow, mainText, signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('buttons on the pages', () => {
  const running = useHost();
  let rita: Visitor;
  let customer: Visitor;
  let id: string;

  before('publish a workflow with buttons, and begin a case of it', async function () {
    this.timeout(60_000);
    const { host, origin } = running();
    id = await beginErrand(running());
    rita = await signedIn(running(), 'rita@meridian.example');
    customer = createVisitor(origin);
    await follow(customer.get(`/l/${host.engine.tokens.forStatus(id)}`));
  });

  async function dataNow(): Promise<object> {
    return (await running().host.engine.look(id)).data;
  }

  /** The addresses of the buttons that a page shows. */
  async function buttonsOn(visitor: Visitor, page: string): Promise<readonly string[]> {
    const { text } = await visitor.get(page);
    return [...text.matchAll(/href="([^"]*\/press\/[^"]*)"/gu)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );
  }

  /** Opens the page of a button: its own address, with the key of the page. */
  async function opened(visitor: Visitor, page: string, name: string): Promise<string> {
    const address = (await buttonsOn(visitor, page)).find((href) => href.includes(`/${name}?`));
    const { location } = await follow(visitor.get(address ?? `/no-button/${name}`));
    return location;
  }

  it('are shown to whom they are for, and to nobody else', async () => {
    const names = (hrefs: readonly string[]) =>
      hrefs.map((href) => /press\/([a-z]+)/u.exec(href)?.[1]);
    expect(names(await buttonsOn(rita, `/cases/${id}`))).to.deep.equal([
      'correct',
      'again',
      'mine',
    ]);
    expect(names(await buttonsOn(customer, '/status'))).to.deep.equal(['withdraw']);
    const finish = `/cases/${id}/press/finish?in=waiting&visit=1`;
    expect((await rita.get(finish)).status).to.equal(403);
    expect((await rita.post(`${finish}&key=k`)).status).to.equal(403);
    const foreign = await customer.post('/status/press/correct?in=waiting&visit=1&key=k');
    expect(foreign.status).to.equal(403);
  });

  it('ask for their form, refuse what does not fit, and count a page that is sent twice once', async () => {
    const page = await opened(rita, `/cases/${id}`, 'correct');
    expect(mainText(await rita.get(page))).to.contain('Correct it');
    const send = (note: string) => rita.post(`${page}&step=page-1`, [['/note', note]]);
    expect((await send('')).status).to.equal(422);
    await follow(send('Buy bread'));
    await send('Buy bread');
    expect(await dataNow()).to.deep.equal({ note: 'Buy bread', count: 1 });
    expect(mainText(await rita.get(`/cases/${id}`))).to.contain('Chose “Correct”');
  });

  it('ask whether it is meant, and explain that the case has gone on', async () => {
    const [first, second] = [
      await opened(rita, `/cases/${id}`, 'again'),
      await opened(rita, `/cases/${id}`, 'again'),
    ];
    expect(mainText(await rita.get(first))).to.contain('Please confirm');
    await follow(rita.post(first));
    const late = await rita.post(second);
    expect(late.status).to.equal(409);
    expect(mainText(late)).to.contain('The case has gone on');
    expect((await rita.get(second)).status).to.equal(409);
    expect((await rita.post(second.replace(/&key=.*/u, ''))).status).to.equal(400);
  });

  it('let the customer withdraw by the link', async () => {
    const page = await opened(customer, '/status', 'withdraw');
    expect(mainText(await customer.get(page))).to.contain('Never mind');
    await follow(customer.post(page));
    expect(mainText(await customer.get('/status'))).to.contain('Withdrawn');
  });
});
