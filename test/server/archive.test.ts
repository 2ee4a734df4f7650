import { expect } from 'chai';
import { addRelease } from '../../engine/runtime/add-release.ts';
import {
  SMALL,
  accept,
  askForPrice,
  caseOf,
  follow,
  mainText,
  openLink,
  outcomeOf,
  signedIn,
} from './quote-journey.ts';
import type { RunningHost } from './with-host.ts';
import { useHost } from './with-host.ts';

const DAY = 24 * 3_600_000;
const ROUND = 10 * 60_000;

describe('a case in the archive', () => {
  const running = useHost();

  it('is found, read and told of, and not changed', async () => {
    const { host } = running();
    const [reference, other] = [
      await askForPrice(running(), SMALL),
      await askForPrice(running(), SMALL),
    ];
    const { id } = await caseOf(running(), reference);
    const customer = await openLink(running(), reference);
    await accept(customer, 'PO-1');
    expect(await outcomeOf(running(), reference)).to.equal('completed');
    await running().rest();
    const earlier = await signedIn(running(), 'rita@meridian.example');
    expect(mainText(await earlier.get(`/cases/${id}`)))
      .to.contain('Write a comment')
      .and.not.to.contain('In the archive');

    await moveIt(running());
    expect((await host.store.cases.load(id))?.archivedAt).to.be.a('number');
    const rita = await signedIn(running(), 'rita@meridian.example');
    const list = mainText(await rita.get('/cases'));
    expect(list).to.contain(other).and.not.to.contain(reference);
    const archived = mainText(await rita.get('/cases?status=archived'));
    expect(archived).to.contain(`${reference} `).and.not.to.contain(other);
    expect(mainText(await rita.get(`/cases?reference=${reference}`))).to.contain('Completed');
    const page = mainText(await rita.get(`/cases/${id}`));
    expect(page).to.contain('In the archive since').and.not.to.contain('Write a comment');
    expect(page).to.contain('PO-1');
    const comment = await rita.post(`/cases/${id}/comment`, [['comment', 'Too late']]);
    expect(comment.status).to.equal(409);
    expect(mainText(comment)).to.contain('lies in the archive');
    expect(mainText(await customer.get('/status'))).to.contain('Completed');
    expect((await follow(customer.get('/status/answer'))).location).to.equal('/status');
  }).timeout(60_000);
});

/** Makes a release by which cases move after a day, and lets a day and some rounds pass. */
async function moveIt({ host, pass }: RunningHost): Promise<void> {
  const newest = await host.store.registry.newestRelease();
  if (newest === undefined) throw new Error('There is no release.');
  const policies = `${newest.files['policies.yaml'] ?? ''}\nretention: [{ archiveAfter: 1 day }]\n`;
  await addRelease(
    { ...host.store, clock: host.clock },
    {
      ...newest,
      release: '1.99',
      files: { ...newest.files, 'policies.yaml': policies },
    },
  );
  await pass(2 * DAY);
  await pass(ROUND);
  for (let moves = 0; moves < 10; moves += 1) await pass(1000);
}
