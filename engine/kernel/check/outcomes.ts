import { forEachOf } from '../definition/for-each-of.ts';
import type { Form } from '../definition/form.ts';
import type { State } from '../definition/state.ts';
import type { Workflow } from '../definition/workflow.ts';
import { remembered } from '../remembered.ts';
import { childrenOf, withinState } from './statechart.ts';

/** The outcomes that a person may choose in a form: its own, else what `on` of its states names. */
export function outcomesOf(form: Form, workflow: Workflow): readonly string[] {
  if (form.outcomes.length > 0) return form.outcomes.map((outcome) => outcome.name);
  const named = withinState(workflow.root)
    .filter((state) => formOf(state) === form.name)
    .flatMap((state) =>
      forEachOf(state) === undefined
        ? state.on.map((handler) => handler.event)
        : itemOutcomes(state, form),
    );
  return [...new Set(named)];
}

/** How work ends whose form names no outcomes. */
export const ONLY_OUTCOME = 'done';

/** How one item of a person's work can end: as its form says, else as the state's `on` does. */
export function itemOutcomes(state: State, form: Form | undefined): readonly string[] {
  if (form !== undefined && form.outcomes.length > 0) return form.outcomes.map(({ name }) => name);
  const named = state.on.map(({ event }) => event);
  return named.length > 0 ? named : [ONLY_OUTCOME];
}

/** The name of the form that a state asks somebody to fill. */
export function formOf(state: State): string | undefined {
  return state.kind === 'task' || state.kind === 'ask' ? state.form : undefined;
}

/** The names of all forms of a state: that of its work, and those of its buttons. */
export function formsOf(state: State): readonly string[] {
  const own = formOf(state);
  const pressed = state.buttons.flatMap(({ form }) => form ?? []);
  return own === undefined ? pressed : [own, ...pressed];
}

/** How a `states` can end: the outcomes of its finals, `undefined` for `final: true`. */
export const endingsOf = remembered(
  (state: State): ReadonlySet<string | undefined> =>
    new Set(childrenOf(state).flatMap((child) => (child.kind === 'final' ? [child.outcome] : []))),
);
