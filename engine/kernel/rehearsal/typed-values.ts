import { isObject } from '../compile/posted.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { CoreView } from '../core-view.ts';
import type { Form } from '../definition/form.ts';
import type { FormValues } from '../event.ts';
import { asStored } from '../expressions/literal-expression.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ValueType } from '../types/value-type.ts';
import { withFiles } from './test-file.ts';

type Given = Readonly<Record<string, unknown>>;

/**
 * The values of a form in a test case, in the form in which they are stored. The form's own fields
 * stand beside the data; they are told apart by their names.
 */
export function formValues(
  values: Given,
  { workflow }: CompiledWorkflow,
  form: Form | undefined,
): FormValues {
  const items = form?.items ?? [];
  const data = new Map([...workflow.data, ...items].map(({ name, type }) => [name, type]));
  const own = new Map<string, ValueType>();
  for (const { own: kept, target } of form?.pages.flatMap(({ fields }) => fields) ?? []) {
    if (kept !== undefined) own.set(target.join('.'), kept.type);
  }
  const isData = ([name]: readonly [string, unknown]): boolean => data.has(name);
  const entries = Object.entries(nested(values));
  return {
    data: stored(entries.filter(isData), data),
    own: stored(
      entries.filter((entry) => !isData(entry)),
      own,
    ),
  };
}

/** What a program, or a calling workflow, gives in a test case. */
export function inputValues(values: Given, { workflow }: CompiledWorkflow): JsonObject {
  const types = new Map(workflow.data.map(({ name, type }) => [name, type]));
  return stored(Object.entries(nested(values)), types);
}

/** The body of a message in a test case. */
export function messageBody(
  body: Given,
  name: string,
  { compilation }: CompiledWorkflow,
): JsonObject {
  const type = compilation.core.messages.get(name)?.body;
  return (type === undefined ? body : asStored(body as JsonObject, type)) as JsonObject;
}

/** What a mock answers for an operation, a core process or a workflow. */
export function answerValue(value: Json, name: string, core: CoreView): Json {
  const type = core.operations.get(name)?.output ?? core.runnables.get(name)?.output;
  return type === undefined ? value : asStored(withFiles(value, type), type);
}

/** Fields may be written one by one, as in `expect`: `quote.netTotal: 5`. */
function nested(values: Given): JsonObject {
  return Object.entries(values).reduce<JsonObject>(
    (whole, [name, value]) => within(whole, name.split('.'), value as Json),
    {},
  );
}

function within(
  outer: JsonObject,
  [name = '', ...rest]: readonly string[],
  value: Json,
): JsonObject {
  if (rest.length === 0) return { ...outer, [name]: value };
  const inner = Object.hasOwn(outer, name) ? outer[name] : undefined;
  return { ...outer, [name]: within(isObject(inner) ? inner : {}, rest, value) };
}

function stored(
  entries: readonly (readonly [string, unknown])[],
  types: ReadonlyMap<string, ValueType>,
): JsonObject {
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const type = types.get(name);
      return [
        name,
        type === undefined ? (value as Json) : asStored(withFiles(value as Json, type), type),
      ];
    }),
  );
}
