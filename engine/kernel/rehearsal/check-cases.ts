import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { CoreView } from '../core-view.ts';
import { SELF } from '../definition/self.ts';
import type { Path, Problem } from '../problem.ts';
import { nearestName } from '../types/nearest-name.ts';
import { isInstant } from './instant.ts';
import type { CaseFile, Expectation, TestCase, TestStep } from './case-file.ts';

/** Finds what test cases name that the workflow or the core does not have. */
export function checkCases(
  cases: CaseFile,
  compiled: CompiledWorkflow,
  core: CoreView,
): readonly Problem[] {
  const known = namesOf(compiled, core);
  return cases.flatMap((test, index) => checkCase(test, [index], known));
}

interface Known {
  readonly starts: readonly string[];
  /** Those of `starts` that the clock begins. */
  readonly scheduled: readonly string[];
  readonly states: readonly string[];
  readonly buttons: readonly string[];
  readonly calls: readonly string[];
  readonly messages: readonly string[];
  readonly mails: readonly string[];
}

function namesOf(
  { workflow, states, starts, compilation }: CompiledWorkflow,
  core: CoreView,
): Known {
  return {
    starts: [...starts.keys()],
    scheduled: workflow.starts.flatMap(({ kind, name }) => (kind === 'schedule' ? [name] : [])),
    states: [...states.keys()].filter((id) => id !== ''),
    buttons: [...states.values()].flatMap(({ buttons }) => buttons.map(({ name }) => name)),
    calls: [...core.operations.keys(), ...compilation.core.runnables.keys(), SELF],
    messages: [...core.messages.keys()],
    mails: workflow.messages.map(({ name }) => name),
  };
}

function checkCase(test: TestCase, path: Path, known: Known): readonly Problem[] {
  const [[start, values] = ['', {}]] = Object.entries(test.start);
  return [
    ...unknown(start, known.starts, 'way to start', [...path, 'start', start]),
    ...(known.scheduled.includes(start) ? checkNothing(values, [...path, 'start', start]) : []),
    ...(test.now === undefined ? [] : instant(test.now, [...path, 'now'])),
    ...Object.keys(test.mocks ?? {}).flatMap((name) =>
      unknown(name, known.calls, 'operation', [...path, 'mocks', name]),
    ),
    ...checkExpectation(test.expect, [...path, 'expect'], known),
    ...(test.then ?? []).flatMap((step, index) => checkStep(step, [...path, 'then', index], known)),
  ];
}

/** The clock fills nothing in. */
function checkNothing(values: Readonly<Record<string, unknown>>, path: Path): readonly Problem[] {
  const start = String(path.at(-1));
  return Object.keys(values).map((name) => {
    const message = `"${start}" begins by the clock, which gives no "${name}". Write { ${start}: {} }.`;
    return problem('case-name', [...path, name], message);
  });
}

function checkStep(step: TestStep, path: Path, known: Known): readonly Problem[] {
  const expected = checkExpectation(step.expect, [...path, 'expect'], known);
  if ('press' in step) {
    const place = step.in === undefined ? [] : [step.in];
    return [
      ...unknown(step.press, known.buttons, 'button', [...path, 'press']),
      ...place.flatMap((state) => unknown(state, known.states, 'state', [...path, 'in'])),
      ...expected,
    ];
  }
  if ('do' in step)
    return [...unknown(step.in, known.states, 'state', [...path, 'in']), ...expected];
  if ('message' in step) {
    return [...unknown(step.message, known.messages, 'message', [...path, 'message']), ...expected];
  }
  if ('until' in step) return [...instant(step.until, [...path, 'until']), ...expected];
  return [...delay(step.wait, [...path, 'wait']), ...expected];
}

function checkExpectation(
  expect: Expectation | undefined,
  path: Path,
  known: Known,
): readonly Problem[] {
  if (expect === undefined) return [];
  const { state = [], sent = [], notSent = [], called = [], notCalled = [] } = expect;
  const states = typeof state === 'string' ? [state] : state;
  const all = (names: readonly string[], among: readonly string[], what: string, key: string) =>
    names.flatMap((name) => unknown(name, among, what, [...path, key]));
  return [
    ...all(states, known.states, 'state', 'state'),
    ...all(sent, known.mails, 'message', 'sent'),
    ...all(notSent, known.mails, 'message', 'notSent'),
    ...all(called, known.calls, 'operation', 'called'),
    ...all(notCalled, known.calls, 'operation', 'notCalled'),
  ];
}

function unknown(
  name: string,
  among: readonly string[],
  what: string,
  path: Path,
): readonly Problem[] {
  if (among.includes(name)) return [];
  const near = nearestName(name, among);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return [problem('case-name', path, `There is no ${what} "${name}".${hint}`)];
}

function instant(text: string, path: Path): readonly Problem[] {
  if (isInstant(text)) return [];
  return [problem('case-time', path, `"${text}" is not a time. Write it like 2027-03-01T09:00Z.`)];
}

const DELAY = /^[1-9]\d{0,5} (second|minute|hour|day|week|month|business hour|business day)s?$/;

function delay(text: string, path: Path): readonly Problem[] {
  if (DELAY.test(text)) return [];
  return [problem('case-time', path, `"${text}" is not a span of time. Write it like 15 days.`)];
}

function problem(code: string, path: Path, message: string): Problem {
  return { code, severity: 'error', path, message };
}
