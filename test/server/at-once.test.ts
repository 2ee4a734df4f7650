import { expect } from 'chai';
import {
  LARGE,
  REQUEST,
  SMALL,
  askForPrice,
  caseOf,
  fillRequest,
  follow,
  mainText,
  openLink,
  openTaskOf,
  outcomeOf,
  signedIn,
} from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('two requests at once', () => {
  const running = useHost();

  it('that send one form make one case, and get the same answer', async () => {
    const visitor = createVisitor(running().origin);
    await fillRequest(visitor, SMALL);
    const before = await countCases();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => visitor.post(`${REQUEST}?step=check`)),
    );
    for (const { status, location } of answers) {
      expect({ status, location }).to.deep.equal({ status: 303, location: `${REQUEST}/sent` });
    }
    expect(await countCases()).to.equal(before + 1);
    await running().rest();
  }).timeout(30_000);

  it('that complete one task differently: the first counts, the second is told so', async () => {
    const reference = await askForPrice(running(), LARGE);
    const { id } = await openTaskOf(running(), reference);
    const path = `/tasks/${encodeURIComponent(id)}`;
    const [rita, hersElsewhere] = [await signedInRita(), await signedInRita()];
    await follow(rita.post(`${path}/claim`));
    const complete = (window: Visitor, outcome: string) =>
      window.post(`${path}?step=page-1`, [
        ['/quote/discountPct', '11'],
        ['/$form/note', ''],
        ['#outcome', outcome],
      ]);
    const answers = await Promise.all([
      complete(rita, 'approve'),
      complete(hersElsewhere, 'reject'),
    ]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409]);
    await running().rest();
    const approved = answers[0].status === 303;
    const { states, outcome } = await caseOf(running(), reference);
    expect(approved ? states : outcome).to.deep.equal(approved ? ['offered'] : 'declined');
    const ada = await signedIn(running(), 'ada@meridian.example');
    const late = await complete(ada, 'approve');
    expect(late.status).to.equal(409);
    expect(mainText(late)).to.match(/Rita .* completed it on .*See where/u);
  }).timeout(30_000);

  it('that answer by one link alike are one answer', async () => {
    const reference = await askForPrice(running(), SMALL);
    const [holder, elsewhere] = [
      await openLink(running(), reference),
      await openLink(running(), reference),
    ];
    const { location } = await follow(
      holder.post('/status/answer?step=outcome', [['#outcome', 'decline']]),
    );
    const answers = await Promise.all([holder, elsewhere].map((one) => one.post(location)));
    for (const { status, location: to } of answers) {
      expect({ status, to }).to.deep.equal({ status: 303, to: '/status' });
    }
    expect(await outcomeOf(running(), reference)).to.equal('declined');
    const { id } = await caseOf(running(), reference);
    const history = await running().host.store.cases.history(id);
    expect(history.filter(({ kind }) => kind === 'outcome')).to.have.length(1);
  }).timeout(30_000);

  const signedInRita = () => signedIn(running(), 'rita@meridian.example');

  async function countCases(): Promise<number> {
    const { rows } = await running().host.store.worklist.cases({}, undefined, 1000);
    return rows.length;
  }
});
