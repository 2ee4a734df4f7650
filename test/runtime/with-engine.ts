import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { CoreView } from '../../engine/kernel/core-view.ts';
import type { Store } from '../../engine/ports/store.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import type { FakeConnectors } from './fake-connectors.ts';
import { createFakeConnectors, ok } from './fake-connectors.ts';
import { errorsIn, makeEngine } from './run-engine.ts';
import type { LogLine } from './run-engine.ts';
import { meridianCore, meridianFiles, meridianWorkflow } from './meridian.ts';

export interface Running {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly connectors: FakeConnectors;
  readonly catalogue: Catalogue;
  readonly log: LogLine[];
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
  await addRelease(
    { ...store, clock: { now: () => now } },
    {
      release: '1.1',
      digest: '0'.repeat(64),
      files,
      createdAt: now,
    },
  );
  const sources = [
    ...[...core.core.processes].map(([name, source]) => ({ name, source })),
    { name: 'online-quote', source: meridianWorkflow('online-quote') },
  ];
  const { refused } = await publishAll(sources, core.view, store, now);
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  const catalogue = new Catalogue(store.registry);
  await catalogue.refresh();
  return catalogue;
}

let published: Promise<{ readonly store: Store; readonly catalogue: Catalogue }> | undefined;

/** An empty store in memory where Meridian's workflows are published; they are published only once. */
async function publishedStore(): Promise<{ readonly store: Store; readonly catalogue: Catalogue }> {
  published ??= (async () => {
    const store = createMemoryStore();
    return { store, catalogue: await publishMeridian(store, NOW) };
  })();
  const { store, catalogue } = await published;
  return { store: { ...createMemoryStore(), registry: store.registry }, catalogue };
}

/**
 * Runs the engine with Meridian's workflows on a simulated clock, and stops it afterwards.
 * (Default: on an empty store in memory)
 */
export async function withEngine(
  test: (running: Running) => Promise<void>,
  given?: Store,
  core?: () => CoreView,
): Promise<void> {
  const clock = createSimulatedClock(NOW);
  const connectors = createFakeConnectors(goodAnswers());
  const { store, catalogue } =
    given === undefined
      ? await publishedStore()
      : { store: given, catalogue: await publishMeridian(given, clock.now()) };
  const lines: LogLine[] = [];
  const engine = makeEngine({ store, catalogue, connectors, clock, lines, ...(core && { core }) });
  engine.start();
  try {
    await test({ engine, store, clock, connectors, catalogue, log: lines });
  } finally {
    await engine.stop();
  }
  const errors = errorsIn(lines);
  if (errors.length > 0) throw new Error(`The engine logged errors: ${JSON.stringify(errors)}`);
}
