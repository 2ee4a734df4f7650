import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { StoreSettings } from '../../engine/adapters/sql/store.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { acceptOffer, startQuote } from './quote-steps.ts';
import { withEngine } from './with-engine.ts';

describe('an online quote on a real database', () => {
  describe('SQLite', () => {
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'trellis-engine-'));
    });
    after(() => rm(folder, { recursive: true }));
    becomesAnOrder(() => ({ file: join(folder, 'trellis.db') }));
  });

  describe('PostgreSQL', () => {
    const url = usePostgres();
    becomesAnOrder(() => ({ url: url() }));
  });
});

/** The engine is stopped and opened again between the offer and its answer. */
function becomesAnOrder(settings: () => StoreSettings): void {
  it('goes on after a restart and becomes one order', async () => {
    const first = await openStore(settings());
    let caseId = '';
    try {
      await withEngine(async (running) => {
        caseId = await startQuote(running);
      }, first);
    } finally {
      await first.close();
    }
    const second = await openStore(settings());
    try {
      await withEngine(async (running) => {
        await acceptOffer(running, caseId);
        await running.engine.idle();
        const stored = await second.cases.load(caseId);
        expect(stored?.states).to.deep.equal(['awaiting-confirmation']);
        const orders = running.connectors.calls.filter(
          ({ operation }) => operation === 'oms.createOrder',
        );
        expect(orders).to.have.length(1);
      }, second);
    } finally {
      await second.close();
    }
  }).timeout(30_000);
}
