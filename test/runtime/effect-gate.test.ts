import { expect } from 'chai';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { EffectHold } from '../../engine/ports/effect-hold.ts';
import type { Store } from '../../engine/ports/store.ts';
import { expectFold } from './fold-history.ts';
import { acceptOffer, startQuote } from './quote-steps.ts';
import type { Running } from './with-engine.ts';
import { NOW, withEngine } from './with-engine.ts';

const HOLD: EffectHold = { id: 'h-1', takenAt: NOW - 3_600_000, released: [] };
/** As long as a host may take to see what another has let go. */
const POLL = 5_000;

describe('a host on a database that was restored', () => {
  it('takes what people send, and asks nothing of the world before it may', () =>
    withHold(async (running) => {
      const { store, connectors } = running;
      const caseId = await startQuote(running);
      expect(connectors.calls).to.deep.equal([]);
      expect(await names(store)).to.deep.equal(['oms.findCustomer 1']);

      await store.effects.release('oms.findCustomer');
      await pass(running);
      expect(called(running)).to.deep.equal(['oms.findCustomer']);
      expect(await names(store)).to.deep.equal(['oms.reserveStock 1', 'pricing.lookup 1']);

      await store.effects.end();
      await pass(running);
      expect(called(running)).to.include('mail.send');
      await acceptOffer(running, caseId);
      await pass(running);
      expect(called(running)).to.include('oms.createOrder');
      await expectFold(store, running.catalogue, caseId);
    }));

  it('calls with the key of before, and counts what waited as no try', () =>
    withHold(async (running) => {
      const { store, connectors } = running;
      await startQuote(running);
      await store.effects.end();
      await pass(running);
      const [first] = connectors.calls;
      expect(first).to.include({ operation: 'oms.findCustomer', earlier: 'none' });
    }));

  it('lets no time limit run out before it may', () =>
    withHold(async (running) => {
      const { store, clock, engine } = running;
      const started = await startQuote(running);
      for (const name of ['oms.findCustomer', 'pricing.lookup', 'oms.reserveStock', 'mail.send']) {
        await store.effects.release(name);
        await pass(running);
      }
      clock.advance(30 * 24 * 3_600_000);
      await engine.idle();
      expect((await store.cases.load(started))?.status).to.equal('active');
      expect(await names(store)).to.include('timer 2');
      await store.effects.end();
      await pass(running);
      await pass(running);
      expect(await store.cases.load(started)).to.include({ outcome: 'expired' });
    }));

  it('gives up what is not to be repeated, and does it where somebody wants it after all', () =>
    withHold(async (running) => {
      const { store, engine } = running;
      const caseId = await startQuote(running);
      expect(await store.effects.refuse('oms.findCustomer')).to.equal(1);
      await pass(running);
      expect(called(running)).to.deep.equal([]);
      const [incident] = await store.incidents.ofCase(caseId);
      expect(incident).to.include({ code: 'not-repeated' });
      await store.effects.end();
      await engine.retryIncident(incident?.id ?? '', { kind: 'staff', id: 'u1', name: 'Ola' });
      await pass(running);
      expect(called(running)).to.include('oms.findCustomer').and.to.include('mail.send');
      await expectFold(store, running.catalogue, caseId);
    }));
});

async function withHold(test: (running: Running) => Promise<void>): Promise<void> {
  const store = createMemoryStore();
  await store.effects.begin(HOLD);
  await withEngine(test, store);
}

async function pass({ clock, engine }: Running): Promise<void> {
  clock.advance(POLL);
  await engine.idle();
}

function called({ connectors }: Running): readonly string[] {
  return connectors.calls.map(({ operation }) => operation);
}

async function names({ effects }: Store): Promise<readonly string[]> {
  return (await effects.waiting()).map(({ name, count }) => `${name} ${count}`);
}
