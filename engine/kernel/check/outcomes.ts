import type { Form, State, Workflow } from '../definition/workflow.ts';
import { childrenOf, withinState } from './statechart.ts';

/** The outcomes that a person may choose in a form: its own, else what `on` of its states names. */
export function outcomesOf(form: Form, workflow: Workflow): readonly string[] {
  if (form.outcomes.length > 0) return form.outcomes.map((outcome) => outcome.name);
  const named = withinState(workflow.root)
    .filter((state) => formOf(state) === form.name)
    .flatMap((state) => state.on.map((handler) => handler.event));
  return [...new Set(named)];
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
export function endingsOf(state: State): ReadonlySet<string | undefined> {
  return new Set(
    childrenOf(state).flatMap((child) => (child.kind === 'final' ? [child.outcome] : [])),
  );
}
