import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Book } from '../../server/demo/oms-book.ts';
import { accept, follow, mainText } from '../server/quote-journey.ts';
import type { Visitor } from '../server/visitor.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { until } from '../until.ts';
import { customerWithQuote } from './customer-with-quote.ts';
import { withPrograms } from './with-program.ts';
import type { Place } from './with-program.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('a host that is killed', function () {
  this.timeout(180_000);

  describe('on SQLite', () => {
    goesOnAfterwards(() => ({}));
  });

  // Other hosts may be at work on the same database, so a call is taken up only after its lease.
  if (FULL) {
    describe('on PostgreSQL', () => {
      // A database is signed with one key, and each place has its own.
      const [first, second] = [usePostgres(), usePostgres()];
      goesOnAfterwards(
        () => ({ TRELLIS_DATABASE: first() }),
        () => ({ TRELLIS_DATABASE: second() }),
      );
    });
  }
});

type Settings = () => Readonly<Record<string, string>>;

function goesOnAfterwards(settings: Settings, others: Settings = settings): void {
  it('while order management makes the order: started again, it finds the one order', () =>
    withPrograms(async (place) => {
      const first = place.start(settings());
      const origin = await first.origin();
      const customer = await customerWithQuote(origin);
      await follow(customer.post('/demo/faults', [['oms.createOrder', 'hang']]));
      await accept(customer, 'PO-9');
      // Order management has done its work, and the host waits for an answer that never comes.
      await until('the order', async () => (await bookIn(place)).orders[0]);
      expect(mainText(await customer.get('/status'))).to.contain('In progress');
      first.kill('SIGKILL');
      expect(await first.ended()).to.include({ signal: 'SIGKILL' });
      await verifies(place, settings());

      await goesOn(place, settings(), origin, customer);
    }));

  if (!FULL) return;
  it('right after it has taken the answer: nothing of it is lost', () =>
    withPrograms(async (place) => {
      const first = place.start(others());
      const origin = await first.origin();
      const customer = await customerWithQuote(origin);
      await accept(customer, 'PO-10');
      first.kill('SIGKILL');
      expect(await first.ended()).to.include({ signal: 'SIGKILL' });
      await verifies(place, others());

      await goesOn(place, others(), origin, customer);
    }));
}

/** Starts a host again where another was killed: the case must come to its end with one order. */
async function goesOn(
  place: Place,
  settings: Readonly<Record<string, string>>,
  origin: string,
  customer: Visitor,
): Promise<void> {
  const second = place.start({ ...settings, PORT: new URL(origin).port });
  expect(await second.origin()).to.equal(origin);
  await until(
    'the end of the case',
    async () => mainText(await customer.get('/status')).includes('Completed'),
    60_000,
  );
  // Order management writes down that its message has arrived after the case has ended by it.
  await until('its confirmation', async () => (await bookIn(place)).pending.length === 0);
  const { orders, reservations } = await bookIn(place);
  expect(orders.map(({ status }) => status)).to.deep.equal(['confirmed']);
  expect(reservations.map(({ released }) => released)).to.deep.equal([false]);
  second.kill('SIGINT');
  expect(await second.ended()).to.include({ code: 0, err: '' });
  await verifies(place, settings);
}

/** Nobody has to repair the history that a host has left, however it ended. */
async function verifies(place: Place, settings: Readonly<Record<string, string>>): Promise<void> {
  const verified = await place.start(settings, 'verify').ended();
  expect(verified, verified.out + verified.err).to.include({ code: 0, err: '' });
  expect(verified.out).to.contain('all hold');
}

/** What order management has on its disk. */
async function bookIn({ dataFolder }: Place): Promise<Book> {
  return JSON.parse(await readFile(join(dataFolder, 'demo', 'oms.json'), 'utf8')) as Book;
}
