import { presenceOf } from './presence.ts';
import { meet } from './filled-fields.ts';
import type { Filled } from './filled-fields.ts';
import { scopeOf } from './scopes.ts';
import { statechartOf, withinState } from './statechart.ts';
import { SELF } from '../definition/self.ts';
import type { CoreView, RunnableView } from '../core-view.ts';
import type { StateOf } from '../definition/state.ts';
import type { Text } from '../definition/values.ts';
import type { Workflow } from '../definition/workflow.ts';
import { presentType } from '../expressions/present-type.ts';
import { typeFromSchema } from '../types/from-schema.ts';
import { objectOf } from '../types/make-type.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';

/** A child case that ends so has failed: its caller goes on by `failed`, and has no result. */
const FAILED = 'failed';
const NOTHING: Filled = new Set();

/**
 * Makes what a caller sees of a workflow that was checked: what it must be given, and what it has
 * at its end. `undefined` for a workflow without a `run` start. `name` is how it is called,
 * `core/NAME` for a core process.
 */
export function runnableOf(
  name: string,
  workflow: Workflow,
  core: CoreView,
): RunnableView | undefined {
  return viewOf(name, workflow, core, () => outputType(workflow, withSelf(core, workflow)));
}

/**
 * Adds a workflow that runs itself to what it may run. What its cases have at their end is worked out
 * twice: first as if a case that was run had nothing to give, and then with what that has shown.
 */
export function withSelf(core: CoreView, workflow: Workflow): CoreView {
  const runsItself = withinState(workflow.root).some(
    (state) => state.kind === 'run' && state.workflow === SELF,
  );
  if (!runsItself) return core;
  const known = (output: () => ValueType): CoreView => {
    const view = viewOf(SELF, workflow, core, output);
    if (view === undefined) return core;
    return { ...core, runnables: new Map([...core.runnables, [SELF, view]]) };
  };
  const nothing = known(() => dataType(workflow, NOTHING));
  return known(() => outputType(workflow, nothing));
}

function viewOf(
  name: string,
  workflow: Workflow,
  core: CoreView,
  output: () => ValueType,
): RunnableView | undefined {
  const start = workflow.starts.find((each) => each.kind === 'run');
  if (start === undefined) return undefined;
  const outcomes = endsOf(workflow).map(({ outcome, name: state }) => outcome ?? state);
  return {
    name,
    title: textIn(workflow.title),
    team: workflow.team,
    input: inputType(workflow, start.fields, core),
    output: output(),
    outcomes: [...new Set(outcomes)],
  };
}

type End = StateOf<'final'>;

function endsOf({ root }: Workflow): readonly End[] {
  return root.children.filter((child) => child.kind === 'final');
}

function inputType({ data }: Workflow, names: readonly string[], core: CoreView): ValueType {
  const fields = data.filter(({ name }) => names.includes(name));
  const resolve = (type: string): JsonSchema | undefined => core.types.get(type)?.schema;
  return objectOf(
    Object.fromEntries(fields.map(({ name, schema }) => [name, typeFromSchema(schema, resolve)])),
  );
}

/** The child's data, in which only that is present which it has at every end but a failed one. */
function outputType(workflow: Workflow, core: CoreView): ValueType {
  const presence = presenceOf(workflow, statechartOf(workflow), scopeOf(workflow, core));
  const present = endsOf(workflow)
    .filter(({ outcome }) => outcome !== FAILED)
    .map(({ id }) => presence.onEntry(id))
    .filter((filled) => filled !== undefined)
    .reduce<Filled | undefined>(meet, undefined);
  return dataType(workflow, present ?? NOTHING);
}

function dataType({ data }: Workflow, present: Filled): ValueType {
  const fields = data.map(({ name, type }): [string, ValueType] => [
    name,
    presentType(type, name, present),
  ]);
  return objectOf(Object.fromEntries(fields));
}

function textIn(text: Text): string {
  return typeof text === 'string' ? text : (Object.values(text)[0] ?? '');
}
