import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createIds } from '../../engine/adapters/system/ids.ts';
import { createSigner } from '../../engine/adapters/system/signer.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { Store } from '../../engine/ports/store.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import { Engine } from '../../engine/runtime/engine.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import type { FakeConnectors } from './fake-connectors.ts';
import { createFakeConnectors, ok } from './fake-connectors.ts';
import { meridianCore, meridianFiles, meridianWorkflow } from './meridian.ts';

export interface Running {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly connectors: FakeConnectors;
  readonly catalogue: Catalogue;
  readonly log: { readonly level: string; readonly message: string; readonly facts: unknown }[];
}

export const NOW = Date.parse('2027-03-01T09:00Z');

/** The answers of Meridian's systems when all goes well. */
export function goodAnswers(): Parameters<typeof createFakeConnectors>[0] {
  return {
    'oms.findCustomer': ok({
      id: '5b0e0f57-2f5f-4a0e-9d5c-0c3f3c1f9b11',
      segment: 'retail',
      priceListId: 'P1',
    }),
    'pricing.lookup': ok({
      netTotal: '80.00',
      lines: [{ sku: 'A1', qty: 2, unitPrice: '40.00' }],
    }),
    'oms.reserveStock': ok({ id: 'R1' }),
    'oms.releaseReservation': ok({ released: true }),
    'oms.createOrder': ({ input }) => {
      const { quoteNo } = input['quote'] as { quoteNo: string };
      return ok({ order: { orderNo: 'O-1', quoteNo, status: 'open' } });
    },
    'mail.send': ok({ messageId: '<1@meridian.example>' }),
  };
}

/** Publishes the bundled company into a store, unless that has been done. */
export async function publishMeridian(store: Store, now: number): Promise<Catalogue> {
  const core = meridianCore();
  const files = Object.fromEntries(meridianFiles());
  await store.registry.addRelease({
    release: '1.1',
    digest: '0'.repeat(64),
    files,
    createdAt: now,
  });
  const sources = [
    ...[...core.core.processes].map(([name, source]) => ({ name, source })),
    { name: 'online-quote', source: meridianWorkflow('online-quote') },
  ];
  const { refused } = await publishAll(sources, core.view, store.registry, now);
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  const catalogue = new Catalogue(store.registry);
  await catalogue.refresh();
  return catalogue;
}

/** Runs the engine with Meridian's workflows on a simulated clock, and stops it afterwards. */
export async function withEngine(
  test: (running: Running) => Promise<void>,
  store: Store = createMemoryStore(),
): Promise<void> {
  const clock = createSimulatedClock(NOW);
  const connectors = createFakeConnectors(goodAnswers());
  const catalogue = await publishMeridian(store, clock.now());
  const lines: Running['log'] = [];
  const log: Log = {
    info: (message, facts) => lines.push({ level: 'info', message, facts }),
    warn: (message, facts) => lines.push({ level: 'warn', message, facts }),
    error: (message, facts) => lines.push({ level: 'error', message, facts }),
  };
  const engine = new Engine({
    store,
    catalogue,
    connectors,
    clock,
    ids: createIds(clock),
    log,
    signer: createSigner(new Uint8Array(48).fill(7)),
    frameMail: ({ body }) => `<main>${body}</main>`,
    linkUrl: (token) => `https://meridian.example/l/${token}`,
  });
  engine.start();
  try {
    await test({ engine, store, clock, connectors, catalogue, log: lines });
  } finally {
    await engine.stop();
  }
  const errors = lines.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Error(`The engine logged errors: ${JSON.stringify(errors)}`);
}
