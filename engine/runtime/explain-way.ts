import type { Transition } from '../kernel/definition/rules.ts';
import type { Workflow } from '../kernel/definition/workflow.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { StepResult } from '../kernel/transition/step-result.ts';
import type { Definition } from './catalogue.ts';

/** Says which rules lead to where, which guards stand there, and what the fields were that they name. */
export function explainWay(
  mine: StepResult,
  theirs: StepResult,
  own: Definition,
  other: Definition,
): string {
  const parted = mine.taken.findIndex((rule, index) => theirs.taken[index] !== rule);
  const at = parted === -1 ? mine.taken.length : parted;
  const [ours, others] = [mine.taken[at], theirs.taken[at]];
  const fields = new Set([...guardsOf(own, ours), ...guardsOf(other, others)].flatMap(fieldsIn));
  const { data } = theirs.case.context;
  const values = [...fields].flatMap((field) => {
    const value = valueAt(data, field);
    return value === undefined && !(field.split('.')[0] ?? '' in data)
      ? []
      : [`${field} is ${value === undefined ? 'empty' : JSON.stringify(value)}`];
  });
  return [
    `Version ${own.published.version} ${wayOf(mine, own, ours)};`,
    `version ${other.published.version} ${wayOf(theirs, other, others)}.`,
    ...(values.length === 0 ? [] : [`${values.join('; ')}.`]),
  ].join(' ');
}

function wayOf({ states, outcome }: StepResult, definition: Definition, rule?: string): string {
  const where = outcome === undefined ? `is at ${states.join(', ')}` : `ends as ${outcome}`;
  if (rule === undefined) return `${where} without another rule`;
  const taken = ruleAt(definition, rule);
  const when = taken?.when === undefined ? '' : ` because ${taken.when.source} holds`;
  const failed = failedBefore(definition, rule).map(({ source }) => source);
  const passed = failed.length === 0 ? '' : `, ${failed.join(' and ')} not holding`;
  return `takes ${rule}${when}${passed}, and ${where}`;
}

/** The guard of a rule, and those of the rules that stand before it. */
function guardsOf(definition: Definition, rule: string | undefined): readonly string[] {
  if (rule === undefined) return [];
  const own = ruleAt(definition, rule)?.when;
  const all = [...failedBefore(definition, rule), ...(own === undefined ? [] : [own])];
  return all.map(({ source }) => source);
}

function failedBefore(
  definition: Definition,
  rule: string,
): readonly NonNullable<Transition['when']>[] {
  const [, list, index] = /^(.*)\.(\d+)$/.exec(rule) ?? [];
  if (list === undefined) return [];
  return Array.from(
    { length: Number(index) },
    (_, at) => ruleAt(definition, `${list}.${at}`)?.when,
  ).filter((when) => when !== undefined);
}

function ruleAt({ compiled }: Definition, rule: string): Transition | undefined {
  return rulesOf(compiled.workflow).get(rule);
}

const RULES = new WeakMap<Workflow, ReadonlyMap<string, Transition>>();

/** Every rule of a workflow by its path. */
function rulesOf(workflow: Workflow): ReadonlyMap<string, Transition> {
  const known = RULES.get(workflow);
  if (known !== undefined) return known;
  const rules = new Map<string, Transition>();
  const note = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('path' in part && 'set' in part && Array.isArray(part.path)) {
      rules.set(part.path.join('.'), part as unknown as Transition);
    }
    for (const inner of Object.values(part)) note(inner);
  };
  note(workflow.root);
  RULES.set(workflow, rules);
  return rules;
}

/** The fields that a formula may name. */
function fieldsIn(source: string): readonly string[] {
  const plain = source.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
  return [...plain.matchAll(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?!\s*\(|\w)/g)].map(([name]) => name);
}

function valueAt(data: JsonObject, field: string): Json | undefined {
  let value: Json | undefined = data;
  for (const name of field.split('.')) {
    if (value === undefined || !isPlain(value)) return undefined;
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function isPlain(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
