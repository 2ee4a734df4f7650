import { expect } from 'chai';
import { publishAll } from '../../../engine/runtime/publish.ts';
import { sourcesInForce } from '../../../engine/runtime/publishing/workspace-sources.ts';
import { meridianCore } from '../meridian.ts';
import { NOW } from '../with-engine.ts';
import type { Bench } from './with-publishing.ts';
import { looking, openBench, person, quote } from './with-publishing.ts';

const INES = person('ines');
const IT = { actor: person('ian'), roles: ['it-core'] } as const;

describe('what a host publishes of its workspace', function () {
  this.timeout(20_000);
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });

  const changed = quote((text) => `${text}\n# changed\n`);
  const texts = async (source: ReturnType<typeof quote>, demo: boolean) => {
    const files = [{ name: source.name, source }];
    const { sources, left } = await sourcesInForce(files, bench.store, { demo });
    return { texts: sources.map((one) => one.source.text), left };
  };
  const review = async (source: ReturnType<typeof quote>): Promise<void> => {
    const { reviews } = bench.publishing;
    const { id } = await bench.publishing.begin(source, INES);
    await reviews.send(id, INES);
    const { token } = await reviews.look(id);
    await reviews.approve(id, IT, { token, reason: 'as agreed' });
  };

  it('is what does not stand yet, and what has not changed', async () => {
    for (const demo of [true, false]) {
      expect(await texts(looking(), demo)).to.deep.equal({ texts: [looking().text], left: [] });
      expect(await texts(quote(), demo)).to.deep.equal({ texts: [quote().text], left: [] });
    }
  });

  it('is a changed file in demo mode alone; elsewhere it waits for a review', async () => {
    expect(await texts(changed, true)).to.deep.equal({ texts: [changed.text], left: [] });
    expect(await texts(changed, false)).to.deep.equal({
      texts: [quote().text],
      left: ['online-quote'],
    });
  });

  it('is never a file that was not changed since, in place of what was reviewed', async () => {
    await review(changed);
    for (const demo of [true, false]) {
      expect(await texts(quote(), demo)).to.deep.equal({ texts: [changed.text], left: [] });
    }
    const again = quote((text) => `${text}\n# another\n`);
    expect((await texts(again, true)).texts).to.deep.equal([again.text]);
    expect((await texts(again, false)).left).to.deep.equal(['online-quote']);
  });

  it('goes along with a new release as what was reviewed, not as the old files', async () => {
    await review(changed);
    const { sources } = await sourcesInForce(
      [
        ...[...meridianCore().core.processes].map(([name, source]) => ({ name, source })),
        { name: 'online-quote', source: quote() },
      ],
      bench.store,
      { demo: false },
    );
    const { view } = meridianCore();
    const { published } = await publishAll(sources, { ...view, release: '1.2' }, bench.store, NOW);
    const newest = published.find(({ name }) => name === 'online-quote');
    expect(newest).to.include({ version: 3, release: '1.2' });
    expect(newest?.source.text).to.equal(changed.text);
  });

  it('is refused where what it uses was revoked, when it is sent for review', async () => {
    const key = { kind: 'grant', name: 'operations', part: 'oms.findCustomer' } as const;
    await bench.publishing.force.takeOut({ key, actor: IT.actor, reason: 'It leaks.' });
    const { id } = await bench.publishing.begin(looking(), INES);
    const refused = await bench.publishing.reviews.send(id, INES).catch(String);
    expect(refused).to.contain('has no leave to use "oms.findCustomer"');
  });
});
