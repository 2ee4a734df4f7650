import { expect } from 'chai';
import { hitsOf } from '../../engine/index.ts';
import { proposeRenaming, withKey } from './propose-name.ts';
import { signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const DRAWN = '/it/proposals/1/workflows/online-quote';

describe('what a change of the core does, on the diagrams of the workflows', function () {
  this.timeout(60_000);
  const running = useHost();
  let keeper: Visitor;

  before('propose that a field is called otherwise', async () => {
    await proposeRenaming(running());
    keeper = await signedIn(running(), 'ian@meridian.example');
  });

  it('is led to from the proposal, and marks the states and ways that break', async () => {
    expect((await keeper.get('/it/proposals/1')).text).to.contain(`href="${DRAWN}"`);
    const { status, text } = await keeper.get(DRAWN);
    expect(status).to.equal(200);
    expect(text).to.contain('role="group"');
    expect(text).to.match(
      /<a class="statechart-link" href="#hit-\d+"><g class="[^"]*--broken"><title>Rep review/u,
    );
    expect(text).to.contain('statechart-arrow--affected');
    expect(text).to.contain('>Broken</text>').and.to.contain('>Affected</text>');
    expect(text).to.match(/Rep review <span[^>]*>\(Broken\)/u);
  });

  it('lets each mark lead to its entry, with place and field', async () => {
    const { text } = await keeper.get(DRAWN);
    const marks = [...text.matchAll(/class="statechart-link" href="#(hit-\d+)"/gu)];
    expect(marks.length).to.be.greaterThan(2);
    for (const [, id = ''] of marks) expect(text).to.contain(`id="${id}"`);
    expect(text)
      .to.match(/versions\/1#line-\d+/u)
      .and.to.contain('Quote.discountPct');
  });

  it('tells by the text alone what is hit: states by their forms, ways by their guards', async () => {
    const { host } = running();
    const { judgement } = await host.proposals.look(1);
    const impact = judgement?.broken.find(({ name }) => name === 'online-quote');
    const { compiled, published } = await host.catalogue.newest('online-quote');
    const hits = hitsOf(
      impact ?? { problems: [], uses: [] },
      compiled.workflow,
      published.source.text,
    );
    const broken = hits.filter(({ verdict }) => verdict === 'broken');
    expect(broken).to.have.length.greaterThan(0);
    expect(broken.flatMap(({ states }) => states)).to.include.members(['rep-review', 'deciding']);
    expect(hits.flatMap(({ way }) => way ?? [])).to.deep.include({
      ...{ from: 'deciding', to: 'rep-review' },
    });
  });

  it('is still shown of a proposal that was rejected', async () => {
    const ada = await withKey(running(), 'ada');
    await running().host.proposals.end(1, ada, 'Nobody needs it.');
    expect((await keeper.get('/it/proposals/1')).text)
      .to.contain('has rejected it')
      .and.to.contain('What it would break')
      .and.to.contain(DRAWN);
    expect((await keeper.get(DRAWN)).status).to.equal(200);
  });

  it('is not there of what is not touched', async () => {
    expect((await keeper.get('/it/proposals/1/workflows/nothing-like-it')).status).to.equal(404);
    expect((await keeper.get('/it/proposals/99/workflows/online-quote')).status).to.equal(404);
  });
});
