import { expect } from 'chai';
import { usePostgres } from '../postgres/use-postgres.ts';
import {
  LARGE,
  accept,
  askForPrice,
  caseOf,
  follow,
  mainText,
  openLink,
  openTaskOf,
  outcomeOf,
  signedIn,
} from './quote-journey.ts';
import { until } from '../until.ts';
import { useHost } from './with-host.ts';
import type { HostTestOptions } from './with-host.ts';

describe('a quote becomes an order', () => {
  describe('on SQLite', () => {
    holdsTheJourney(() => ({}));
  });

  describe('on PostgreSQL', () => {
    const url = usePostgres();
    holdsTheJourney(() => ({ database: { kind: 'postgres', url: url() } }));
  });
});

function holdsTheJourney(options: () => HostTestOptions): void {
  const running = useHost(options);

  it('is asked for, reviewed, accepted, ordered and confirmed', async () => {
    const { demo } = running();
    const reference = await askForPrice(running(), LARGE);
    expect(await caseOf(running(), reference)).to.include({ status: 'active' });
    const rita = await signedIn(running(), 'rita@meridian.example');
    const task = await openTaskOf(running(), reference);
    const page = `/tasks/${encodeURIComponent(task.id)}`;
    await follow(rita.post(`${page}/claim`));
    await follow(
      rita.post(`${page}?step=page-1`, [
        ['/quote/discountPct', '12'],
        ['/$form/note', ''],
        ['#outcome', 'approve'],
      ]),
    );
    await running().rest();
    const customer = await openLink(running(), reference);
    await accept(customer, 'PO-77');
    expect(await outcomeOf(running(), reference)).to.equal('completed');
    expect(demo.book().orders).to.have.length(1);
    // The case is over before order management hears that its message has arrived.
    const confirmed = await until('the confirmation in the book', () =>
      demo.book().orders.find(({ status: now }) => now === 'confirmed'),
    );
    expect(confirmed).to.include({ quoteNo: reference });
    const status = mainText(await customer.get('/status'));
    expect(status).to.contain('Completed');
    // Of each line what the customer gave, and not what the house added.
    expect(status).to.contain('Article').and.not.to.contain('Price for one');
  }).timeout(60_000);
}
