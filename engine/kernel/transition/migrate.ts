/** Takes a running case from the version that it runs on to another version of its workflow. */
import type { Moment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { UNDOING, moveEvent } from '../compile/names.ts';
import { givenUp } from '../compile/queueing.ts';
import { initialData } from '../compile/starts.ts';
import type { State } from '../definition/state.ts';
import type { Effect } from '../effects.ts';
import type { Json, JsonObject } from '../json.ts';
import { isFileValue } from '../values/file-value.ts';
import { attempt } from './attempt.ts';
import { typeOfField } from './field-changes.ts';
import type { LiveCase } from './live-case.ts';
import { activeStates, persist, progressOf, restore, withContext } from './live-case.ts';
import { workOf } from './modify.ts';
import { passedQueue, placesOf } from './queues.ts';
import { send, settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';

/** Where a case goes on: a state that it is in leads to a state of the other version, entered anew. */
export type StateMapping = Readonly<Record<string, string>>;

/**
 * Answers what becomes of a case on another version. States that are the same there go on with their
 * work and timers; others must be mapped, and begin anew. It executes nothing.
 */
export function migrateCase(
  own: CompiledWorkflow,
  other: CompiledWorkflow,
  live: LiveCase,
  mapping: StateMapping,
  moment: Moment,
): StepResult | Refusal {
  const progress = progressOf(live);
  if (progress !== 'active') {
    const why = progress === 'finished' ? 'The case has ended' : 'The case is being undone';
    return refusal('not-possible', `${why}: it stays on its version.`);
  }
  const unfit = unfitData(live.context.data, other);
  if (unfit !== undefined) return unfit;
  const data = { ...initialData(other.compilation), ...live.context.data };
  const carried = withContext(live, { ...live.context, data });
  const from = mappedState(own, other, live, mapping);
  if (typeof from !== 'string') return from;
  return attempt(other, moment, () =>
    from === ''
      ? goOn(other, carried)
      : beginAnew(own, other, carried, { from, to: mapping[from] ?? '' }),
  );
}

/** The mapped state in which the whole case is; empty where no state has to begin anew. */
function mappedState(
  own: CompiledWorkflow,
  other: CompiledWorkflow,
  live: LiveCase,
  mapping: StateMapping,
): string | Refusal {
  const leaves = activeStates(live);
  const changed = leaves.filter((id) => chainOf(id).some((each) => !isSame(own, other, each)));
  const mapped = Object.keys(mapping).filter((id) => leaves.some((leaf) => isWithin(leaf, id)));
  const [from, ...more] = mapped;
  if (from === undefined) {
    if (changed.length === 0) return '';
    return refusal(
      'not-possible',
      `${changed.map((id) => `"${id}"`).join(' and ')} is not there in the other version, or is other work there. Say which state it becomes.`,
    );
  }
  if (more.length > 0 || leaves.some((leaf) => !isWithin(leaf, from))) {
    return refusal(
      'not-possible',
      `The case is in ${leaves.map((id) => `"${id}"`).join(' and ')} at once. Map the one state around them.`,
    );
  }
  const to = mapping[from] ?? '';
  if (to !== '' && other.states.has(to)) return passedQueue(other, to) ?? from;
  return refusal('not-possible', `The other version has no state "${to}".`);
}

/** The states that a case cannot simply go on in, because they are gone or other work in the other version. */
export function changedStates(own: CompiledWorkflow, other: CompiledWorkflow): readonly string[] {
  return [...own.states.values()].flatMap(({ id, kind }) =>
    id === '' || kind === 'final' || isSame(own, other, id) ? [] : [id],
  );
}

/** A state with those around it, the root left out. */
function chainOf(id: string): readonly string[] {
  const names = id.split('/');
  return names.map((_name, index) => names.slice(0, index + 1).join('/'));
}

function isWithin(id: string, outer: string): boolean {
  return id === outer || id.startsWith(`${outer}/`);
}

/** Tells whether what a state waits for is the same in both versions; its rules and texts may differ. */
function isSame(own: CompiledWorkflow, other: CompiledWorkflow, id: string): boolean {
  const [mine, theirs] = [own.states.get(id), other.states.get(id)];
  if (mine === undefined || theirs === undefined) return false;
  return JSON.stringify(essence(mine)) === JSON.stringify(essence(theirs));
}

/** What may change of a state while a case is in it: where it leads to, and what is said of it. */
const FREE: ReadonlySet<string> = new Set([
  ...['path', 'title', 'taskTitle', 'description', 'milestone', 'entry', 'exit', 'rules'],
  ...['next', 'done', 'failed', 'initial', 'with', 'save', 'undo', 'set', 'send', 'emit', 'hears'],
  ...['signals', 'n'],
]);

function essence(state: State): unknown {
  const children = state.kind === 'parallel' ? state.children.map(({ name }) => name) : [];
  return [children, bare({ ...state, children: undefined })];
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name, part]) => !FREE.has(name) && part !== undefined,
  );
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, bare(part)]),
  );
}

/** What a case carries must fit the fields of the other version, each for itself. */
function unfitData(data: JsonObject, other: CompiledWorkflow): Refusal | undefined {
  for (const { field, value } of leavesOf(data, '')) {
    if (typeOfField(other, field) === undefined) {
      return refusal(
        'refused-data',
        `"${field}" is not there in the other version. Empty it first.`,
      );
    }
    const [error] = other.compilation.fieldValidator(field.split('.'))(value);
    if (error !== undefined) {
      const place = `${field}${error.pointer.replaceAll('/', '.')}`;
      return refusal('refused-data', `"${place}" ${error.message} in the other version.`);
    }
  }
  return undefined;
}

function leavesOf(
  data: JsonObject,
  around: string,
): readonly { readonly field: string; readonly value: Json }[] {
  return Object.entries(data).flatMap(([name, value]) => {
    const field = `${around}${name}`;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !isFileValue(value)
      ? leavesOf(value as JsonObject, `${field}.`)
      : [{ field, value }];
  });
}

/** The case as it is, in the machine of the other version. */
function goOn(other: CompiledWorkflow, live: LiveCase): StepResult {
  const result = settle(other, restore(persist(live), other), false);
  // The other version may admit more or fewer.
  return { ...result, effects: [...placesOf(other, result.case.context), ...result.effects] };
}

/** The case leaves what it is in, and enters a state of the other version. */
function beginAnew(
  own: CompiledWorkflow,
  other: CompiledWorkflow,
  live: LiveCase,
  { to }: { readonly from: string; readonly to: string },
): StepResult {
  const { open } = live.context;
  const stops = Object.entries(open).flatMap(([state, was]): readonly Effect[] => {
    const { visit, ended, waiting } = was;
    if (waiting === true) return givenUp(state, was);
    const work = ended === undefined ? workOf(own, state) : 'none';
    return [{ kind: 'stop', state, visit, work }, ...givenUp(state, was)];
  });
  const stored = persist(withContext(live, { ...live.context, open: {} }));
  // From there every state can be entered, and nothing is left by it.
  const machine = { ...stored.machine, value: UNDOING, historyValue: {} };
  const placed = restore({ ...stored, machine }, other);
  const result = settle(other, send(other, placed, moveEvent('', to)), false);
  return { ...result, effects: [...stops, ...result.effects] };
}
