import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { LoadedCore } from '../../engine/index.ts';
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
import type { Refusal, StepResult } from '../../engine/kernel/transition/step-result.ts';
import { delayFrom } from '../../engine/kernel/values/delay.ts';
import type { ConnectorAnswer } from '../../engine/ports/connector.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { createFakeConnectors, ok } from '../runtime/fake-connectors.ts';
import type { FakeConnectors } from '../runtime/fake-connectors.ts';
import { expectFold } from '../runtime/fold-history.ts';
import { errorsIn, makeEngine } from '../runtime/run-engine.ts';
import type { LogLine } from '../runtime/run-engine.ts';
import type { Pattern } from './pattern.ts';
import type { Published } from './publish-patterns.ts';

const NOW = Date.parse('2027-03-01T09:00Z');

/** Plays a test case on the engine itself; answers what came out otherwise than it expects. */
export async function playOnEngine(
  pattern: Pattern,
  test: TestCase,
  published: Published,
): Promise<readonly string[]> {
  const clock = createSimulatedClock(NOW);
  const store = { ...createMemoryStore(), registry: published.store.registry };
  const connectors = mocked(new Mocks(test.mocks ?? {}));
  const lines: LogLine[] = [];
  const { catalogue, core } = published;
  const engine = makeEngine({ store, catalogue, connectors, clock, lines });
  engine.start();
  try {
    const player = new Player({ engine, store, clock, connectors, core });
    const faults = await player.play(pattern.source.name, test);
    await expectFold(store, catalogue, player.caseId);
    return [...faults, ...errorsIn(lines).map((line) => JSON.stringify(line))];
  } finally {
    await engine.stop();
  }
}

function mocked(mocks: Mocks): FakeConnectors {
  const answer = (operation: string): ConnectorAnswer => {
    const mock = mocks.next(operation);
    if (mock === undefined) throw new Error(`There is no mock for this call of ${operation}.`);
    return mock.kind === 'result' ? ok(mock.value) : { kind: 'final', ...mock.error };
  };
  return createFakeConnectors({ 'desk.note': () => answer('desk.note') });
}

interface Parts {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly connectors: FakeConnectors;
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
    const [[start, input] = ['', {}]] = Object.entries(test.start);
    const begin = async (): Promise<undefined> => {
      const actor = actorOf(undefined);
      const given = { workflow, start, input: input as JsonObject, actor };
      const { caseId } = await this.#parts.engine.startByApi(given);
      this.caseId = caseId;
    };
    const faults = [...(await this.#expecting('start', begin, test.expect))];
    for (const [index, step] of (test.then ?? []).entries()) {
      const at = `then ${String(index + 1)}`;
      faults.push(...(await this.#expecting(at, () => this.#take(step), step.expect)));
    }
    return faults;
  }

  async #expecting(
    at: string,
    step: () => Promise<Refusal['code'] | undefined>,
    expect: TestStep['expect'] = {},
  ): Promise<readonly string[]> {
    const { engine, connectors, store } = this.#parts;
    const called = connectors.calls.length;
    const code = await refusalOf(step);
    await engine.idle();
    const { stored, data } = await engine.look(this.caseId);
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
    const result = { states: stored.states } as StepResult;
    return compare(expect, { refused, happened, main: { result, data } }).map((mismatch) => {
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
    const forEach = compiled.compilation.forEach(place);
    const fields = [...compiled.workflow.data.map(({ name }) => name), forEach?.item ?? ''];
    const form = formOf(step.form ?? {}, fields);
    const actor = actorOf(step.by);
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
    const fields = definition.compiled.workflow.data.map(({ name }) => name);
    await engine.buttons.press({
      ...{ caseId: this.caseId, state: offered.state, visit: offered.visit, button: step.press },
      form: formOf(step.form ?? {}, fields),
      actor: actorOf(step.by),
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

function actorOf(by: TestCase['by']): Actor {
  const id = by?.id ?? by?.role ?? 'api';
  return { kind: by === undefined ? 'api' : 'staff', id, name: id };
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
