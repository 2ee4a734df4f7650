import { expect } from 'chai';
import type { Bench } from './with-publishing.ts';
import { openBench, person, quote, refusalOf } from './with-publishing.ts';

const INES = person('ines');
const IT = { actor: person('ian'), roles: ['it-core'] } as const;
const WHY = 'It is replaced.';

describe('retiring a workflow', function () {
  this.timeout(20_000);
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });

  it('says what ends and what goes on, and is an act', async () => {
    const { publishing, store } = bench;
    const { facts, token, retired } = await publishing.lookAtRetiring('online-quote');
    expect(retired).to.equal(undefined);
    expect(facts).to.deep.include({ newest: 1, running: [], runBy: [] });
    expect(facts.starts.map(({ name }) => name)).to.include('online');
    const which = { workflow: 'online-quote', actor: INES, token };
    expect(await refusalOf(publishing.retire({ ...which, reason: ' ' }))).to.equal('no-reason');
    await publishing.retire({ ...which, reason: WHY });
    const [act] = (await store.governance.acts(0, 50)).slice(-1);
    expect(act).to.deep.include({ kind: 'retired-workflow', actor: INES });
    const after = await publishing.lookAtRetiring('online-quote');
    expect(after.retired).to.include({ reason: WHY });
    expect(await refusalOf(publishing.retire({ ...which, reason: WHY }))).to.equal('already-out');
  });

  it('is refused on what was shown before another version was published', async () => {
    const { publishing, store } = bench;
    const { token } = await publishing.lookAtRetiring('online-quote');
    const { id } = await publishing.begin(
      quote((text) => `${text}\n# again\n`),
      INES,
    );
    await publishing.reviews.send(id, INES);
    const look = await publishing.reviews.look(id);
    await publishing.reviews.approve(id, IT, { token: look.token, reason: WHY });
    const which = { workflow: 'online-quote', actor: INES, token, reason: WHY };
    expect(await refusalOf(publishing.retire(which))).to.equal('review-stale');
    expect(await store.outOfForce.all()).to.deep.equal([]);
  });

  it('leaves core processes to the core', async () => {
    const { publishing, catalogue } = bench;
    const [process] = catalogue.list().filter(({ name }) => name.startsWith('core/'));
    expect(await refusalOf(publishing.lookAtRetiring(process?.name ?? ''))).to.equal('no-workflow');
    expect(await refusalOf(publishing.lookAtRetiring('nothing-like-it'))).to.equal('no-workflow');
  });
});
