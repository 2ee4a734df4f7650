import { formOf } from '../check/outcomes.ts';
import { authoredPlaces, workNamed } from '../compile/authored-places.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { readDelay } from '../definition/normalise/delays.ts';
import type { Form } from '../definition/form.ts';
import type { Start } from '../definition/workflow.ts';
import type { Actor } from '../effects.ts';
import type { Beginning } from '../transition/begin.ts';
import type { Refusal } from '../transition/step-result.ts';
import { delayFrom } from '../values/delay.ts';
import type { TestCase, TestStep } from './case-file.ts';
import type { Found, Mismatch } from './expectations.ts';
import { compare } from './expectations.ts';
import type { WantedItem } from './find-item.ts';
import { actsAs, notAdmitted, refusedTo } from './leave.ts';
import { Mocks } from './mocks.ts';
import type { Surroundings } from './rehearsed.ts';
import { Stage } from './stage.ts';
import { formValues, inputValues, messageBody } from './typed-values.ts';

/** How one test case went. */
export interface RehearsalResult {
  readonly name: string;
  /** Empty when it passed. */
  readonly mismatches: readonly Mismatch[];
  /** State ids that the case was in, and paths of the rules that it took. */
  readonly entered: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
}

/** The time at which a test case begins that names none. */
const DEFAULT_NOW = '2027-03-01T09:00Z';

/** Plays one test case through: in the kernel, on a simulated clock, against mocks. */
export function rehearse(
  test: TestCase,
  compiled: CompiledWorkflow,
  around: Surroundings,
): RehearsalResult {
  const stage = new Stage(
    around,
    new Mocks(test.mocks ?? {}, around.core),
    Date.parse(test.now ?? DEFAULT_NOW),
  );
  const mismatches: Mismatch[] = [];
  const expecting = (
    at: string,
    step: () => Refusal | undefined,
    expect: TestStep['expect'],
  ): void => {
    const before = stage.happenings.length;
    const refused = step();
    const happened = stage.happenings.slice(before);
    mismatches.push(
      ...compare(expect ?? {}, { refused, happened, main: mainOf(stage, compiled) }).map(
        (mismatch) => ({
          ...mismatch,
          at,
        }),
      ),
    );
  };
  expecting('start', () => start(stage, test, compiled), test.expect);
  for (const [index, step] of (test.then ?? []).entries()) {
    expecting(`then ${index + 1}`, () => take(stage, step, compiled, around), step.expect);
  }
  return { name: test.case, mismatches, entered: stage.entered, taken: stage.taken };
}

/** The case itself, as its author names where it is. */
function mainOf({ main }: Stage, compiled: CompiledWorkflow): Found['main'] {
  const types = new Map(compiled.workflow.data.map(({ name, type }) => [name, type]));
  return main && { places: authoredPlaces(main.result.states, compiled), data: main.data, types };
}

function start(stage: Stage, test: TestCase, compiled: CompiledWorkflow): Refusal | undefined {
  const [[name, values] = ['', {}]] = Object.entries(test.start);
  const chosen = compiled.starts.get(name);
  const kind = chosen?.start.kind ?? 'form';
  const admitted = chosen?.admits?.(stage.moment);
  const actor =
    admitted === undefined ? starterOf(kind, test.by) : actorOf(test.by, actsAs(admitted));
  const refused = admitted && notAdmitted(admitted, test.by, actor, undefined);
  if (refused !== undefined) return refused;
  return stage.begin(compiled, actor, beginningOf(chosen?.start, name, values, compiled));
}

function beginningOf(
  chosen: Start | undefined,
  start: string,
  values: Readonly<Record<string, unknown>>,
  compiled: CompiledWorkflow,
): Beginning {
  switch (chosen?.kind) {
    case 'message':
      return { kind: 'message', start, body: messageBody(values, chosen.message, compiled) };
    case 'schedule':
      return { kind: 'schedule', start };
    case 'api':
      return { kind: 'api', start, input: inputValues(values, compiled) };
    case 'run':
      return { kind: 'run', input: inputValues(values, compiled) };
    default: {
      const asked = formNamed(chosen?.form, compiled);
      return { kind: 'form', start, form: formValues(values, compiled, asked) };
    }
  }
}

/** What begins by a message, or by the clock, has nobody behind it. */
function starterOf(kind: Start['kind'], by: TestCase['by']): Actor {
  if (kind === 'message' || kind === 'schedule')
    return { kind: 'system', id: 'trellis', name: 'Trellis' };
  return actorOf(by, kind === 'api' ? 'api' : 'public');
}

function take(
  stage: Stage,
  step: TestStep,
  compiled: CompiledWorkflow,
  around: Surroundings,
): Refusal | undefined {
  if ('press' in step) return press(stage, step, compiled);
  if ('do' in step) return complete(stage, step, compiled);
  if ('message' in step) {
    const body = messageBody(step.with ?? {}, step.message, compiled);
    stage.receive(step.message, body);
    return undefined;
  }
  if ('until' in step) {
    stage.passUntil(Date.parse(step.until));
    return undefined;
  }
  const { core } = around;
  const calendar = core.calendars.get('default') ?? {
    timeZone: core.timeZone,
    hours: [],
    holidays: [],
  };
  stage.passUntil(delayFrom(stage.moment.now, readDelay(step.wait), core.timeZone, calendar));
  return undefined;
}

type Do = Extract<TestStep, { readonly do: string }>;

function complete(stage: Stage, step: Do, compiled: CompiledWorkflow): Refusal | undefined {
  const place = workNamed(step.in, compiled);
  const item = step.item as WantedItem | undefined;
  const task = stage.taskIn(place, item);
  const actor = actorOf(step.by, task === undefined ? 'customer' : 'staff');
  const refused = task && refusedTo(task.assignment, step.by, actor);
  if (refused !== undefined) return refused;
  const state = compiled.states.get(place);
  const asked = formNamed(state && formOf(state), compiled);
  const form = formValues(step.form ?? {}, compiled, asked);
  return stage.complete(place, step.do, actor, form, item);
}

type Press = Extract<TestStep, { readonly press: string }>;

/** Presses a button, if it is there for whoever presses. */
function press(stage: Stage, step: Press, compiled: CompiledWorkflow): Refusal | undefined {
  const { press: name, by, in: place } = step;
  const offered = stage.buttons.find(({ button, state }) => {
    return button.name === name && (place === undefined || state === place);
  });
  if (offered === undefined) {
    const message = `There is no button "${name}" where the case is.`;
    return { kind: 'refused', code: 'stale', message };
  }
  const actor = actorOf(by, actsAs(offered.by));
  const refused = notAdmitted(offered.by, by, actor, stage.starter);
  if (refused !== undefined) return refused;
  const asked = formNamed(offered.button.form, compiled);
  return stage.press(offered, actor, formValues(step.form ?? {}, compiled, asked));
}

function actorOf(by: TestCase['by'], otherwise: Actor['kind']): Actor {
  if (typeof by === 'string') return { kind: by, id: by, name: by };
  const id = by?.id ?? by?.role ?? otherwise;
  if (by === undefined && otherwise !== 'staff') return { kind: otherwise, id, name: id };
  // Everybody of the staff has an address.
  return { kind: 'staff', id, name: id, email: id.includes('@') ? id : `${id}@staff.example` };
}

/** The form that is filled in a state, or where there is none, nothing. */
function formNamed(name: string | undefined, { workflow }: CompiledWorkflow): Form | undefined {
  return workflow.forms.find((form) => form.name === name);
}
