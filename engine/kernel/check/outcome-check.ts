import type { Button, EventHandler } from '../definition/rules.ts';
import type { State } from '../definition/state.ts';
import type { Problem } from '../problem.ts';
import { nearestName } from '../types/nearest-name.ts';
import type { Checkup } from './checkup.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { endingsOf, formOf, itemOutcomes } from './outcomes.ts';
import { error } from './place.ts';
import { stateTitle } from './state-title.ts';

/** Checks that what a state's work can end with is handled, and that nothing else is waited for. */
export function checkOutcomes(checkup: Checkup): readonly Problem[] {
  return [
    ...checkup.workflow.starts.flatMap((start) => {
      const form = start.kind === 'form' ? checkup.forms.get(start.form) : undefined;
      if (form === undefined || form.outcomes.length === 0) return [];
      return error(
        'start-with-outcomes',
        start.path,
        `A case begins when this form is sent, so "${form.name}" cannot offer a choice of outcomes. ` +
          'Take its "outcomes" away, or use another form.',
      );
    }),
    ...[...checkup.chart.states.values()].flatMap((state) => [
      ...checkState(checkup, state),
      ...state.buttons.flatMap((button) => choiceInButton(checkup, button)),
    ]),
  ];
}

/** A form behind a button is sent by that button, and by no other. */
function choiceInButton({ forms }: Checkup, { form: name, path }: Button): readonly Problem[] {
  const form = forms.get(name ?? '');
  if (form === undefined || form.outcomes.length === 0) return [];
  return [
    error(
      'button-with-outcomes',
      path,
      `The button is what is chosen here, so its form "${form.name}" cannot offer a choice of ` +
        'outcomes. Take its "outcomes" away, or use another form.',
    ),
  ];
}

function checkState(checkup: Checkup, state: State): readonly Problem[] {
  const form = checkup.forms.get(formOf(state) ?? '');
  if (form !== undefined) {
    const offered = form.outcomes.map(({ name }) => name);
    if (forEachOf(state) !== undefined) return unknown(state, itemOutcomes(state, form));
    return offered.length === 0
      ? someOutcome(state)
      : [...unhandled(checkup, state, offered), ...unknown(state, offered)];
  }
  if (state.kind === 'run') {
    const outcomes = checkup.core.runnables.get(state.workflow)?.outcomes;
    if (outcomes === undefined) return [];
    if (forEachOf(state) !== undefined) return unknown(state, outcomes);
    // A child that ends as `failed` is told by the state's `failed`, like every failure.
    const good = outcomes.filter((outcome) => outcome !== 'failed');
    return [...unhandled(checkup, state, good), ...unknown(state, outcomes)];
  }
  if (state.kind === 'states' || state.kind === 'parallel') {
    const ending = state.kind === 'states' ? [state] : state.children;
    const outcomes = ending
      .flatMap((each) => [...endingsOf(each)])
      .filter((outcome) => outcome !== undefined);
    return unknown(state, [...new Set(outcomes)]);
  }
  return [];
}

function someOutcome(state: State): readonly Problem[] {
  if (state.on.length > 0) return [];
  return [
    error(
      'no-outcome',
      state.path,
      `Nobody can finish “${stateTitle(state)}”: it names no outcome. ` +
        'Add "on", with a line for each button, such as "done: …".',
    ),
  ];
}

function unhandled(
  { chart }: Checkup,
  state: State,
  outcomes: readonly string[],
): readonly Problem[] {
  if (state.done.length > 0) return [];
  // A region that is one piece of work has no state inside that an outcome could lead to.
  const isRegion = chart.parentOf(state.id)?.path.length === state.path.length;
  const instead = isRegion
    ? ' To end the region with it, give the region "states": this work, and a final state.'
    : '';
  const handled = new Set(state.on.map((handler) => handler.event));
  return outcomes
    .filter((outcome) => !handled.has(outcome))
    .map((outcome) =>
      error(
        'outcome-unhandled',
        state.path,
        `“${stateTitle(state)}” can end with the outcome "${outcome}", and nothing says what ` +
          `happens then. Add "${outcome}: …" under its "on".${instead}`,
        [state.id, outcome],
      ),
    );
}

function unknown(state: State, outcomes: readonly string[]): readonly Problem[] {
  return state.on
    .filter((handler) => !outcomes.includes(handler.event))
    .map((handler) => unknownOutcome(state, handler, outcomes));
}

function unknownOutcome(
  state: State,
  { event, path }: EventHandler,
  outcomes: readonly string[],
): Problem {
  const meant = nearestName(event, outcomes);
  const choices = outcomes.length === 0 ? 'It has none.' : `It has: ${outcomes.join(', ')}.`;
  return error(
    'unknown-outcome',
    path,
    `“${stateTitle(state)}” never ends with the outcome "${event}". ` +
      (meant === undefined
        ? `${choices} If it is a button, say who may press it: "by".`
        : `Did you mean "${meant}"?`),
  );
}
