import { expressionsIn } from '../definition/expressions-in.ts';
import type { Workflow } from '../definition/workflow.ts';
import type { Path, Problem } from '../problem.ts';
import type { CheckCode } from './codes.ts';
import { error } from './place.ts';
import type { Statechart } from './statechart.ts';

/** The largest workflow that is accepted; what is larger is better cut into several. */
export const LIMITS = {
  states: 200,
  depth: 32,
  expressions: 500,
  fields: 200,
  formFields: 500,
  decisionRules: 500,
} as const;

/** Checks the sizes of a workflow, before anything is worked out that grows with them. */
export function checkEffort(workflow: Workflow, chart: Statechart): readonly Problem[] {
  const states = [...chart.states.values()];
  const deepest = states.find(({ id }) => chart.ancestorsOf(id).length > LIMITS.depth);
  const asked = workflow.forms.flatMap((form) => form.pages.flatMap((page) => page.fields));
  // The root is no state of the author's.
  const counted: readonly Measure[] = [
    ['too-many-states', ['states'], 'states', states.length - 1, LIMITS.states],
    ['too-many-fields', ['data'], 'data fields', workflow.data.length, LIMITS.fields],
    ['too-many-fields', ['forms'], 'fields in its forms', asked.length, LIMITS.formFields],
    ['too-many-expressions', [], 'expressions', expressionsIn(workflow).length, LIMITS.expressions],
    ...workflow.decisions.map(({ name, rules, path }): Measure => {
      return ['too-many-rules', path, `rules in "${name}"`, rules.length, LIMITS.decisionRules];
    }),
  ];
  return [...counted.flatMap(tooMany), ...(deepest === undefined ? [] : [tooDeep(deepest.path)])];
}

/** A code, a place, what is counted there, how many there are, and how many there may be. */
type Measure = readonly [code: CheckCode, path: Path, what: string, found: number, limit: number];

function tooMany([code, path, what, found, limit]: Measure): readonly Problem[] {
  if (found <= limit) return [];
  const message =
    `The workflow has ${String(found)} ${what}; ${String(limit)} at most are accepted. ` +
    'Move a part of it into a workflow of its own, and "run" that.';
  return [error(code, path, message)];
}

function tooDeep(path: Path): Problem {
  return error(
    'too-deep',
    path,
    `States lie inside each other ${String(LIMITS.depth)} deep at most. ` +
      'Move the innermost ones into a workflow of their own, and "run" that.',
  );
}
