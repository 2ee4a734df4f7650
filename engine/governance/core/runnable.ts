import { presenceOf } from '../../kernel/check/presence.ts';
import { meet } from '../../kernel/check/filled-fields.ts';
import type { Filled } from '../../kernel/check/filled-fields.ts';
import { scopeOf } from '../../kernel/check/scopes.ts';
import { statechartOf } from '../../kernel/check/statechart.ts';
import type { CoreView, RunnableView } from '../../kernel/core-view.ts';
import type { StateOf } from '../../kernel/definition/state.ts';
import type { Text } from '../../kernel/definition/values.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import { presentType } from '../../kernel/expressions/present-type.ts';
import { typeFromSchema } from '../../kernel/types/from-schema.ts';
import { objectOf } from '../../kernel/types/make-type.ts';
import type { JsonSchema, ValueType } from '../../kernel/types/value-type.ts';

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
  const start = workflow.starts.find((each) => each.kind === 'run');
  if (start === undefined) return undefined;
  const ends = endsOf(workflow);
  return {
    name,
    title: textIn(workflow.title),
    team: workflow.team,
    input: inputType(workflow, start.fields, core),
    output: outputType(workflow, ends, core),
    outcomes: [...new Set(ends.map(({ outcome, name: state }) => outcome ?? state))],
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
function outputType(workflow: Workflow, ends: readonly End[], core: CoreView): ValueType {
  const presence = presenceOf(workflow, statechartOf(workflow), scopeOf(workflow, core));
  const present = ends
    .filter(({ outcome }) => outcome !== FAILED)
    .map(({ id }) => presence.onEntry(id))
    .filter((filled) => filled !== undefined)
    .reduce<Filled | undefined>(meet, undefined);
  const fields = workflow.data.map(({ name, type }): [string, ValueType] => [
    name,
    presentType(type, name, present ?? NOTHING),
  ]);
  return objectOf(Object.fromEntries(fields));
}

function textIn(text: Text): string {
  return typeof text === 'string' ? text : (Object.values(text)[0] ?? '');
}
