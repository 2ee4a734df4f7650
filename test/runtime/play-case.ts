import { authoredPlaces } from '../../engine/kernel/compile/authored-places.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { CompiledWorkflow, LoadedCore } from '../../engine/index.ts';
import { readDelay } from '../../engine/kernel/definition/normalise/delays.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { FormValues } from '../../engine/kernel/event.ts';
import type { Json, JsonObject } from '../../engine/kernel/json.ts';
import type { TestCase, TestStep } from '../../engine/kernel/rehearsal/case-file.ts';
import { compare } from '../../engine/kernel/rehearsal/expectations.ts';
import type { WantedItem } from '../../engine/kernel/rehearsal/find-item.ts';
import { findItem } from '../../engine/kernel/rehearsal/find-item.ts';
import { Mocks } from '../../engine/kernel/rehearsal/mocks.ts';
import type { Happening } from '../../engine/kernel/rehearsal/rehearsed.ts';
import type { Refusal } from '../../engine/kernel/transition/step-result.ts';
import { delayFrom } from '../../engine/kernel/values/delay.ts';
import type { ConnectorAnswer, ConnectorCall } from '../../engine/ports/connector.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { createFakeConnectors, ok } from './fake-connectors.ts';
import type { FakeConnectors } from './fake-connectors.ts';
import { expectFold } from './fold-history.ts';
import { errorsIn, makeEngine } from './run-engine.ts';
import type { LogLine } from './run-engine.ts';

/** Workflows that are published, and their core. */
export interface Published {
  readonly core: LoadedCore;
  readonly store: Store;
  readonly catalogue: Catalogue;
}

const DEFAULT_NOW = '2027-03-01T09:00Z';

/**
 * Plays a test case on the engine itself, as `trellis test` plays it in the kernel; answers what came
 * out otherwise than it expects. Which mails were sent is not looked at, nor who may do a task.
 */
export async function playCase(
  workflow: string,
  test: TestCase,
  { catalogue, core, ...published }: Published,
): Promise<readonly string[]> {
  const clock = createSimulatedClock(Date.parse(test.now ?? DEFAULT_NOW));
  const store = { ...createMemoryStore(), registry: published.store.registry };
  const connectors = mocked(new Mocks(test.mocks ?? {}, core.view));
  const lines: LogLine[] = [];
  const engine = makeEngine({ store, catalogue, connectors, clock, lines });
  engine.start();
  try {
    const player = new Player({ engine, store, clock, connectors, catalogue, core });
    const faults = await player.play(workflow, test);
    await expectFold(store, catalogue, player.caseId);
    return [...faults, ...errorsIn(lines).map((line) => JSON.stringify(line))];
  } finally {
    await engine.stop();
  }
}

function mocked(mocks: Mocks): FakeConnectors {
  const calls: ConnectorCall[] = [];
  const call = (made: ConnectorCall): Promise<ConnectorAnswer> => {
    const { operation } = made;
    if (operation === 'mail.send') return Promise.resolve(ok({ messageId: '<1@test.example>' }));
    calls.push(made);
    // What only takes work back has no mock.
    if (!mocks.has(operation)) return Promise.resolve(ok({}));
    const mock = mocks.next(operation);
    if (mock === undefined) throw new Error(`There is no mock for this call of ${operation}.`);
    const isGood = mock.kind === 'result';
    return Promise.resolve(isGood ? ok(mock.value) : { kind: 'final', ...mock.error });
  };
  return { ...createFakeConnectors({}), calls, call };
}

interface Parts {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly connectors: FakeConnectors;
  readonly catalogue: Catalogue;
  readonly core: LoadedCore;
}

/** Plays one test case. */
class Player {
  caseId = '';
  readonly #parts: Parts;
  #messages = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async play(workflow: string, test: TestCase): Promise<readonly string[]> {
    const begin = async (): Promise<undefined> => {
      this.caseId = await this.#begin(workflow, test);
    };
    const faults = [...(await this.#expecting('start', begin, test.expect))];
    for (const [index, step] of (test.then ?? []).entries()) {
      const at = `then ${String(index + 1)}`;
      faults.push(...(await this.#expecting(at, () => this.#take(step), step.expect)));
    }
    return faults;
  }

  async #begin(workflow: string, { start: given, by }: TestCase): Promise<string> {
    const { engine, catalogue } = this.#parts;
    const { compiled } = await catalogue.newest(workflow);
    const [[start, values] = ['', {}]] = Object.entries(given);
    const command = { workflow, start, actor: actorOf(by, 'public') };
    if (compiled.starts.get(start)?.start.kind === 'api') {
      const input = values as JsonObject;
      return (await engine.startByApi({ ...command, input })).caseId;
    }
    const form = formOf(values, fieldsOf(compiled));
    return (await engine.startCase({ ...command, form })).caseId;
  }

  async #expecting(
    at: string,
    step: () => Promise<Refusal['code'] | undefined>,
    expect: TestStep['expect'],
  ): Promise<readonly string[]> {
    const { engine, connectors, store } = this.#parts;
    const called = connectors.calls.length;
    const code = await refusalOf(step);
    await engine.idle();
    const { stored, data, definition } = await engine.look(this.caseId);
    const incidents = await store.incidents.ofCase(this.caseId);
    const happened: readonly Happening[] = [
      ...connectors.calls
        .slice(called)
        .map(({ operation }) => ({ kind: 'called', operation }) as const),
      ...incidents.map(
        ({ code: of, message }) => ({ kind: 'incident', code: of, message }) as const,
      ),
    ];
    const refused = code && ({ kind: 'refused', code, message: '' } as const);
    const places = authoredPlaces(stored.states, definition.compiled);
    const main = { places, data, types: new Map() };
    const looked = { ...expect, sent: [], notSent: [] };
    return compare(looked, { refused, happened, main }).map((mismatch) => {
      return `at ${at}: ${mismatch.what}: expected ${mismatch.expected}, found ${mismatch.found}`;
    });
  }

  async #take(step: TestStep): Promise<Refusal['code'] | undefined> {
    if ('do' in step) return this.#complete(step);
    if ('press' in step) return this.#press(step);
    if ('message' in step) return this.#receive(step.message, (step.with ?? {}) as JsonObject);
    if ('until' in step) return this.#passUntil(Date.parse(step.until));
    const { view } = this.#parts.core;
    const calendar = view.calendars.get('default');
    if (calendar === undefined) throw new Error('The core has no calendar.');
    const now = this.#parts.clock.now();
    return this.#passUntil(delayFrom(now, readDelay(step.wait), view.timeZone, calendar));
  }

  async #complete(
    step: Extract<TestStep, { readonly do: string }>,
  ): Promise<Refusal['code'] | undefined> {
    const { engine, store } = this.#parts;
    const { live, definition } = await engine.steps.fresh(this.caseId);
    const { compiled } = definition;
    const place = compiled.states.has(`${step.in}/work`) ? `${step.in}/work` : step.in;
    const item = findItem(step.item as WantedItem | undefined, place, { live, compiled });
    const tasks = await store.worklist.tasksOfCase(this.caseId);
    // The newest is meant, also where it is over: then the engine has to refuse.
    const task = tasks.findLast((one) => {
      return one.state === place && (item === undefined || one.item === item);
    });
    if (task === undefined) return 'stale';
    const { item: name } = compiled.compilation.forEach(place) ?? {};
    const form = formOf(step.form ?? {}, fieldsOf(compiled, name));
    const actor = actorOf(step.by, 'customer');
    await engine.completeTask({ taskId: task.id, outcome: step.do, form, actor });
    return undefined;
  }

  async #press(
    step: Extract<TestStep, { readonly press: string }>,
  ): Promise<Refusal['code'] | undefined> {
    const { engine } = this.#parts;
    const { buttons, definition } = await engine.look(this.caseId);
    const offered = buttons.findLast(({ button }) => button.name === step.press);
    if (offered === undefined) return 'stale';
    await engine.buttons.press({
      ...{ caseId: this.caseId, state: offered.state, visit: offered.visit, button: step.press },
      form: formOf(step.form ?? {}, fieldsOf(definition.compiled)),
      actor: actorOf(step.by, 'api'),
    });
    return undefined;
  }

  async #receive(name: string, body: JsonObject): Promise<undefined> {
    this.#messages += 1;
    const { engine, clock, core } = this.#parts;
    const key = body[core.view.messages.get(name)?.correlate ?? ''];
    const now = clock.now();
    await engine.receive({
      ...{ id: `m-${String(this.#messages)}`, name, key: typeof key === 'string' ? key : '', body },
      ...{ receivedAt: now, expiresAt: now + 365 * 24 * 60 * 60 * 1000 },
    });
  }

  /** Goes from one moment at which something is due to the next, as time does. */
  async #passUntil(instant: number): Promise<undefined> {
    const { engine, clock } = this.#parts;
    for (let at = clock.nextWake(); at !== undefined && at <= instant; at = clock.nextWake()) {
      clock.advance(Math.max(0, at - clock.now()));
      await engine.idle();
    }
    clock.advance(instant - clock.now());
    await engine.idle();
  }
}

/** The code by which the kernel refuses what the engine refuses in its own words. */
const REFUSALS: ReadonlyMap<string, Refusal['code']> = new Map([
  ['task-over', 'stale'],
  ['button-gone', 'stale'],
  ['form-refused', 'refused-data'],
  ['unknown-outcome', 'unknown-outcome'],
  ['not-by', 'not-by'],
]);

async function refusalOf(
  step: () => Promise<Refusal['code'] | undefined>,
): Promise<Refusal['code'] | undefined> {
  try {
    return await step();
  } catch (error) {
    const code = error instanceof TrellisError ? REFUSALS.get(error.code) : undefined;
    if (code === undefined) throw error;
    return code;
  }
}

function actorOf(by: TestCase['by'], otherwise: Actor['kind']): Actor {
  if (typeof by === 'string') return { kind: by, id: by, name: by };
  const id = by?.id ?? by?.role ?? otherwise;
  return { kind: by === undefined ? otherwise : 'staff', id, name: id };
}

/** The data that a form may have, and the item of a state that goes through a list. */
function fieldsOf({ workflow }: CompiledWorkflow, item?: string): readonly string[] {
  return [...workflow.data.map(({ name }) => name), ...(item === undefined ? [] : [item])];
}

/** A form's own fields stand beside the data in a test case; they are told apart by their names. */
function formOf(values: Readonly<Record<string, unknown>>, fields: readonly string[]): FormValues {
  const part = (isData: boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => fields.includes(name) === isData) as [
        string,
        Json,
      ][],
    );
  return { data: part(true), own: part(false) };
}
