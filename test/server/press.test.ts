import { expect } from 'chai';
import { publishAll } from '../../engine/runtime/publish.ts';
import { follow, mainText, signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const WORKFLOW = `workflow: errand
title: Errand
team: operations
core: 1
reference: ERR-{number}
data: { note: { kind: text, maxLength: 40, title: What to do }, count: { kind: whole number, default: 0 } }
start: { online: { form: request, audience: public } }
forms:
  request: { title: Ask for it, fields: [{ field: note, required: true }] }
  correct: { title: Correct it, fields: [{ field: note, required: true }] }
on: { withdraw: { by: customer, title: Never mind, to: withdrawn } }
states:
  waiting:
    on:
      correct: { by: { role: sales-rep }, form: correct, set: { count: 'orElse(count, 0) + 1' } }
      again: { by: { role: sales-rep }, to: waiting }
      finish: { by: { role: order-desk }, to: ended }
  ended: { final: completed }
  withdrawn: { final: withdrawn }
`;

describe('buttons on the pages', () => {
  const running = useHost();
  let rita: Visitor;
  let customer: Visitor;
  let id: string;

  before('publish a workflow with buttons, and begin a case of it', async function () {
    this.timeout(60_000);
    const { host, origin } = running();
    const source = { name: 'errand', text: WORKFLOW, files: {} };
    const named = [{ name: 'errand', source }];
    const { refused } = await publishAll(named, host.core.view, host.store.registry, 0);
    expect(refused.flatMap(({ problems }) => problems)).to.deep.equal([]);
    await host.catalogue.refresh();
    rita = await signedIn(running(), 'rita@meridian.example');
    customer = createVisitor(origin);
    const form = { data: { note: 'Buy milk' }, own: {} };
    const actor = { kind: 'public', id: 'public', name: 'Somebody' } as const;
    const begun = await host.engine.startCase({ workflow: 'errand', start: 'online', form, actor });
    id = begun.caseId;
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
    expect(names(await buttonsOn(rita, `/cases/${id}`))).to.deep.equal(['correct', 'again']);
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
