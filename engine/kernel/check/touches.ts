import type { DataPath } from '../definition/values.ts';
import type { State } from '../definition/state.ts';
import type { Path } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { rootOf } from './filled-fields.ts';
import { dataPath, keptAt } from './form-places.ts';
import { formsOf } from './outcomes.ts';
import { sentMessages } from './sent-messages.ts';
import type { CheckedSite } from './site-check.ts';
import type { CheckedTexts } from './text-check.ts';

/** One place at which a state reads or writes a field of the case's data. */
export interface Touch {
  readonly field: string;
  readonly path: Path;
  readonly writes: boolean;
}

/** Lists what each state reads and writes in the case's data, by the state's id. */
export function touchesOf(
  checkup: Checkup,
  sites: readonly CheckedSite[],
  shownBy: CheckedTexts['shownBy'],
): ReadonlyMap<string, readonly Touch[]> {
  const { workflow, chart, forms } = checkup;
  const isData = new Set(workflow.data.map((field) => field.name));
  const touches = new Map<string, Touch[]>();
  const add = (state: string, touch: Touch): void => {
    if (!isData.has(rootOf(touch.field))) return;
    touches.set(state, [...(touches.get(state) ?? []), touch]);
  };
  for (const { state, expression, purpose, checked } of sites) {
    // A region's own condition is read before anything goes on in the others.
    if (state === undefined || expression === state.when) continue;
    const { path } = expression;
    for (const field of checked.reads) add(state.id, { field, path, writes: false });
    if (purpose.kind !== 'write') continue;
    add(state.id, { field: purpose.target.join('.'), path, writes: true });
  }
  for (const state of chart.states.values()) {
    for (const touch of formTouches(state, forms)) add(state.id, touch);
    for (const touch of decisionTouches(state, workflow.decisions, sites)) add(state.id, touch);
  }
  for (const { message, path, state } of sentMessages(checkup)) {
    for (const { path: field } of shownBy.get(message) ?? []) {
      add(state.id, { field, path, writes: false });
    }
  }
  return touches;
}

function formTouches(state: State, forms: Checkup['forms']): readonly Touch[] {
  return formsOf(state)
    .flatMap((name) => forms.get(name) ?? [])
    .flatMap((form) => {
      const asked = form.pages
        .flatMap(({ fields }) => fields)
        .filter(({ scope }) => scope === 'data');
      const place = (target: DataPath): string => dataPath(form, target).join('.');
      return [
        ...form.show.map(({ target, path }) => ({ field: place(target), path, writes: false })),
        ...asked.map((field) => ({
          field: keptAt(field).join('.'),
          path: field.path,
          writes: true,
        })),
      ];
    });
}

function decisionTouches(
  state: State,
  decisions: Checkup['workflow']['decisions'],
  sites: readonly CheckedSite[],
): readonly Touch[] {
  if (state.kind !== 'decide') return [];
  const inputs = decisions
    .filter(({ name }) => name === state.decision)
    .flatMap((decision) => decision.inputs.map(({ value }) => value));
  return sites
    .filter(({ expression }) => inputs.includes(expression))
    .flatMap(({ checked, expression }) =>
      checked.reads.map((field) => ({ field, path: expression.path, writes: false })),
    );
}
