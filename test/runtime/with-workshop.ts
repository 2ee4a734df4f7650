import type { InboundMessage } from '../../engine/ports/message.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { StoredCase, Task } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { DispatcherSettings } from '../../engine/runtime/dispatcher.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import type { WrittenWorkflow } from '../kernel/fixtures/workshop.ts';
import { WORKSHOP_FILES, sourceOf, workshopCore } from '../kernel/fixtures/workshop.ts';
import type { FakeConnectors } from './fake-connectors.ts';
import { createFakeConnectors, ok } from './fake-connectors.ts';
import type { LogLine } from './run-engine.ts';
import { errorsIn, makeEngine } from './run-engine.ts';

export const NOW = Date.parse('2027-03-01T09:00Z');
export const MINUTE = 60 * 1000;
export const DAY = 24 * 60 * MINUTE;

export const CLERK: Actor = { kind: 'staff', id: 'u1', name: 'Cleo Clerk' };
const SOMEBODY: Actor = { kind: 'public', id: 'public', name: 'Somebody' };

export interface Workshop {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly connectors: FakeConnectors;
  readonly catalogue: Catalogue;
  readonly lines: LogLine[];
}

export interface WorkshopSettings {
  readonly workflows: readonly WrittenWorkflow[];
  /** What the engine is given in place of the store. */
  readonly wrap?: (store: Store) => Store;
  readonly dispatcher?: DispatcherSettings;
  /** The engine may log errors. (Default: a test fails where it does) */
  readonly mayFail?: true;
}

/** Connectors that answer every operation, with a number of its own for each effect. */
export function goodConnectors(): FakeConnectors {
  const number = ({ idempotencyKey }: { readonly idempotencyKey: string }) =>
    ok({ id: idempotencyKey.slice(idempotencyKey.indexOf('/') + 1) });
  return createFakeConnectors({
    'depot.take': number,
    'depot.give': number,
    'depot.pack': number,
    'mail.send': ok({ messageId: '<1@workshop.example>' }),
  });
}

/** Publishes workflows in a store; those that others run come first. */
export async function publishWorkshop(
  store: Store,
  workflows: readonly WrittenWorkflow[],
): Promise<Catalogue> {
  await addRelease(
    { ...store, clock: { now: () => NOW } },
    {
      release: '1.1',
      digest: '0'.repeat(64),
      files: Object.fromEntries(WORKSHOP_FILES),
      createdAt: NOW,
    },
  );
  const sources = workflows.map((written) => {
    const source = sourceOf(written);
    return { name: source.name, source };
  });
  const { refused } = await publishAll(sources, workshopCore().view, store, NOW);
  const problems = refused.flatMap((one) => one.problems.map(({ message }) => message));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const catalogue = new Catalogue(store.registry);
  await catalogue.refresh();
  return catalogue;
}

/** Runs the engine with a test's own workflows on a simulated clock, and stops it afterwards. */
export async function withWorkshop(
  { workflows, wrap = (store) => store, dispatcher, mayFail }: WorkshopSettings,
  test: (workshop: Workshop) => Promise<void>,
): Promise<void> {
  const store = createMemoryStore();
  const clock = createSimulatedClock(NOW);
  const connectors = goodConnectors();
  const catalogue = await publishWorkshop(store, workflows);
  const lines: LogLine[] = [];
  const settings = dispatcher === undefined ? {} : { dispatcher };
  const parts = { store: wrap(store), catalogue, connectors, clock, lines, ...settings };
  const engine = makeEngine(parts);
  engine.start();
  try {
    await test({ engine, store, clock, connectors, catalogue, lines });
  } finally {
    await engine.stop();
  }
  const errors = errorsIn(lines);
  if (mayFail !== true && errors.length > 0) {
    throw new Error(`The engine logged errors: ${JSON.stringify(errors)}`);
  }
}

/** Starts a case by its form and lets it come as far as it can. */
export async function startSample(
  { engine }: Pick<Workshop, 'engine'>,
  workflow = 'sample',
  data: JsonObject = {},
): Promise<string> {
  const form = { data: { email: 'a@ada.example', ...data }, own: {} };
  const { caseId } = await engine.startCase({ workflow, start: 'online', form, actor: SOMEBODY });
  await engine.idle();
  return caseId;
}

export async function load({ store }: Pick<Workshop, 'store'>, id: string): Promise<StoredCase> {
  const stored = await store.cases.load(id);
  if (stored === undefined) throw new Error(`There is no case ${id}.`);
  return stored;
}

/** The only task of a case that is to be done. */
export async function openTask({ store }: Pick<Workshop, 'store'>, id: string): Promise<Task> {
  const tasks = await store.worklist.tasksOfCase(id);
  const [task, ...others] = tasks.filter(({ status }) => status === 'open' || status === 'claimed');
  if (task === undefined || others.length > 0) {
    throw new Error(`Case ${id} has ${others.length + (task ? 1 : 0)} open tasks.`);
  }
  return task;
}

/** Completes the only open task of a case, and lets the case come as far as it can. */
export async function complete(
  workshop: Pick<Workshop, 'engine' | 'store'>,
  id: string,
  outcome: string,
  data: JsonObject = {},
): Promise<void> {
  const task = await openTask(workshop, id);
  const form = { data, own: {} };
  await workshop.engine.completeTask({ taskId: task.id, outcome, form, actor: CLERK });
  await workshop.engine.idle();
}

/** Lets time pass, and the engine do what becomes due. */
export async function pass(
  workshop: Pick<Workshop, 'engine' | 'clock'>,
  ms: number,
): Promise<void> {
  workshop.clock.advance(ms);
  await workshop.engine.idle();
}

/** How often an operation was called, by the keys of its effects. */
export function callsOf(
  { connectors }: Pick<Workshop, 'connectors'>,
  name: string,
): readonly string[] {
  return connectors.calls
    .filter(({ operation }) => operation === name)
    .map(({ idempotencyKey }) => idempotencyKey);
}

/** A message to a case that waits under its reference. */
export function arrived(
  reference: string,
  pieces: number,
  at: number,
  id = `m-${pieces}`,
): InboundMessage {
  return {
    id,
    name: 'depot.arrived',
    key: reference,
    body: { parcel: reference, pieces },
    receivedAt: at,
    expiresAt: at + DAY,
  };
}
