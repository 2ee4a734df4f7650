/** Filling a field of a locked type in the values of a case that lack it. */
import { mayFlow, showClassification } from '../classification.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { Moment } from '../compile/case-context.ts';
import { put } from '../compile/writes.ts';
import type { CoreView } from '../core-view.ts';
import type { FieldChange } from '../event.ts';
import { checkExpression } from '../expressions/check.ts';
import type { CheckedExpression } from '../expressions/expression.ts';
import type { Json, JsonObject } from '../json.ts';
import { withEmptiness } from '../types/make-type.ts';
import { draftOf } from '../types/draft.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Refusal } from './step-result.ts';
import { refusal } from './step-result.ts';

/** What fills a field of a locked type where a value lacks it. */
export interface Fill {
  /** `Customer`. */
  readonly type: string;
  /** A field of the type, `vatNo`. */
  readonly field: string;
  /** A formula over `old`, the value that lacks the field. Where it is empty, nothing is filled. */
  readonly set: string;
}

/** What a case is changed by; both are empty where nothing is to be filled. */
export interface Filling {
  readonly kind: 'filling';
  /** Each field that was filled by itself; a list of values is one field. */
  readonly set: readonly FieldChange[];
  /** Every place that is filled: `customer.vatNo`, `items.0.label`. */
  readonly filled: readonly string[];
}

interface Place {
  readonly path: readonly string[];
  readonly value: JsonObject;
}

/** Works out what fills the values of a type that a case carries, or why they cannot be filled. */
export function fillAbsent(
  { workflow, compilation: { core } }: CompiledWorkflow,
  data: JsonObject,
  fill: Fill,
  moment: Moment,
): Filling | Refusal {
  const lacking = workflow.data
    .flatMap(({ name, type }) => placesOf(type, data[name], fill.type, [name]))
    .filter(({ value }) => isEmpty(value[fill.field]));
  if (lacking.length === 0) return { kind: 'filling', set: [], filled: [] };
  const formula = checkFill(core, fill);
  if ('kind' in formula) return formula;
  const filled = lacking.flatMap(({ path, value: old }) => {
    const value = formula.evaluate({ ...moment, variables: { old } }) as Json;
    return value === null ? [] : [{ path: [...path, fill.field], value }];
  });
  let next = data;
  for (const { path, value } of filled) next = put(next, path, value);
  const fields = new Set(filled.map(({ path }) => fieldOf(path)));
  return {
    kind: 'filling',
    set: [...fields].map((field) => ({ field, value: at(next, field.split('.')) ?? null })),
    filled: filled.map(({ path }) => path.join('.')),
  };
}

/** Checks what fills a field against the types of a core; compiles it, or says what is wrong. */
export function checkFill(
  core: CoreView,
  { type: name, field, set }: Fill,
): CheckedExpression | Refusal {
  const locked = core.types.get(name)?.type;
  if (locked?.kind !== 'object') {
    return refusal('not-possible', `Release ${core.release} has no type "${name}" with fields.`);
  }
  const into = Object.hasOwn(locked.fields, field) ? locked.fields[field] : undefined;
  if (into === undefined) {
    return refusal('not-possible', `In release ${core.release}, ${name} has no field "${field}".`);
  }
  const old = withEmptiness(draftOf(locked), false);
  const scope = { variables: { old }, present: new Set<string>() };
  const checked = checkExpression(set, scope, withEmptiness(into, true));
  if (!checked.ok) {
    const [problem] = checked.problems;
    return refusal('not-possible', `What fills ${name}.${field}: ${problem?.message ?? set}`);
  }
  const { classification } = checked.expression.type;
  const { level, tags } = into.classification;
  if (mayFlow(classification, { upTo: level, tags })) return checked.expression;
  return refusal(
    'not-possible',
    `What fills ${name}.${field} is ${showClassification(classification)}, and the field ${showClassification(into.classification)}.`,
  );
}

/** The field of the case's data that a place lies in; nothing inside a list is a field by itself. */
function fieldOf(path: readonly string[]): string {
  const item = path.findIndex((step) => /^\d+$/.test(step));
  return path.slice(0, item === -1 ? path.length : item).join('.');
}

/** The values of a locked type in a value, each with where it lies. */
function placesOf(
  type: ValueType,
  value: Json | undefined,
  name: string,
  path: readonly string[],
): readonly Place[] {
  if (type.kind === 'list' && Array.isArray(value)) {
    return value.flatMap((item: Json, n) => placesOf(type.of, item, name, [...path, String(n)]));
  }
  if (type.kind !== 'object' || !isObject(value)) return [];
  const inside = Object.entries(type.fields).flatMap(([field, of]) =>
    Object.hasOwn(value, field) ? placesOf(of, value[field], name, [...path, field]) : [],
  );
  return type.name === name ? [{ path, value }, ...inside] : inside;
}

/** What lies at a path; a list's items go by their numbers. */
export function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found)) found = found[Number(step)] as Json | undefined;
    else found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found;
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
