import { expect } from 'chai';
import { publishAgain } from './publish-again.ts';
import { SMALL, askForPrice, signedIn } from './quote-journey.ts';
import type { Fields, Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const QUOTE = '/workflows/online-quote';
const START = '/start/online-quote/online';

describe('workflows out of force, and back to an old version, on pages', () => {
  const running = useHost();
  let keeper: Visitor;

  before('let a case run', async function () {
    this.timeout(60_000);
    await askForPrice(running(), SMALL);
    keeper = await signedIn(running(), 'ian@meridian.example');
  });

  /** The fields of the form that a page shows, with a reason. */
  const filled = (text: string, reason: string): Fields => [
    ['token', /name="token" value="([^"]+)"/u.exec(text)?.[1] ?? ''],
    ['reason', reason],
  ];
  const lastAct = async () => (await running().host.store.governance.acts(0, 1000)).at(-1);

  it('retiring says what ends and what goes on, asks why, and ends the starts', async () => {
    const page = await keeper.get(`${QUOTE}/retire`);
    expect(page.text)
      .to.contain('Nobody can start it by “Online” any more')
      .and.to.contain('1 running case goes on to the end: 1 of version 1.');
    const unsaid = await keeper.post(`${QUOTE}/retire`, filled(page.text, ' '));
    expect(unsaid.status).to.equal(422);
    expect(await running().host.store.outOfForce.all()).to.deep.equal([]);
    const done = await keeper.post(`${QUOTE}/retire`, filled(page.text, 'It is replaced.'));
    expect(done.location).to.equal(QUOTE);
    expect((await keeper.get(QUOTE)).text)
      .to.contain('No more cases of it begin')
      .and.to.contain('It is replaced.')
      .and.to.contain(`${QUOTE}/restore`);
    expect(await lastAct()).to.deep.include({ kind: 'retired-workflow' });
    expect((await createVisitor(running().origin).get('/')).text).not.to.contain(START);
    expect((await keeper.get(`${QUOTE}/retire`)).text).to.contain('It is retired already.');
    expect((await keeper.post(`${QUOTE}/retire`, filled(page.text, 'Twice.'))).status).to.equal(
      409,
    );
  });

  it('putting it back lets cases begin again', async () => {
    expect(
      (await keeper.post(`${QUOTE}/restore`, [['reason', 'Still needed.']])).location,
    ).to.equal(QUOTE);
    expect((await createVisitor(running().origin).get('/')).text).to.contain(START);
    expect((await keeper.post(`${QUOTE}/restore`, [['reason', 'Twice.']])).status).to.equal(409);
  });

  it('nothing is retired on what was shown before another version was published', async () => {
    const page = await keeper.get(`${QUOTE}/retire`);
    await publishAgain(running(), 'online-quote', 'second');
    const late = await keeper.post(`${QUOTE}/retire`, filled(page.text, 'It is replaced.'));
    expect(late.status).to.equal(409);
    expect(late.text).to.contain('the newest version of the workflow');
    expect(await running().host.store.outOfForce.all()).to.deep.equal([]);
  });

  it('publishing an old version anew shows its risk, its cases and the difference', async () => {
    const address = `${QUOTE}/versions/1/roll-back`;
    const page = await keeper.get(address);
    expect(page.text)
      .to.contain('It becomes version 3.')
      .and.to.contain('Publishing goes to IT')
      .and.to.contain('of version 1 in')
      .and.to.contain('# second');
    await publishAgain(running(), 'online-quote', 'third');
    const late = await keeper.post(address, filled(page.text, 'Prices are wrong.'));
    expect(late.status).to.equal(409);
    const again = await keeper.get(address);
    expect((await keeper.post(address, filled(again.text, ' '))).status).to.equal(422);
    const done = await keeper.post(address, filled(again.text, 'Prices are wrong.'));
    expect(done.location).to.equal(QUOTE);
    const { published } = await running().host.catalogue.newest('online-quote');
    expect(published.version).to.equal(4);
    expect(published.source.text).not.to.contain('# second');
    expect((await lastAct())?.body).to.include({ as: 1, version: 4, reason: 'Prices are wrong.' });
  });

  it('who does not speak for what a version does looks, and cannot publish it', async () => {
    const visitor = await signedIn(running(), 'pia@meridian.example');
    const address = `${QUOTE}/versions/1/roll-back`;
    const page = await visitor.get(address);
    expect(page.text)
      .to.contain('This is for somebody who speaks for IT.')
      .and.not.to.contain('name="token"');
    const token = filled((await keeper.get(address)).text, 'I may not.');
    expect((await visitor.post(address, token)).status).to.equal(403);
  });

  it('the newest version and a core process have no such page to decide on', async () => {
    const newest = await keeper.get(`${QUOTE}/versions/4/roll-back`);
    expect(newest.text).to.contain('is the newest one').and.not.to.contain('name="token"');
    expect((await keeper.get(`${QUOTE}/versions/99/roll-back`)).status).to.equal(404);
    expect((await keeper.get('/workflows/core%2Fcreate-order/retire')).status).to.equal(404);
  });
});
