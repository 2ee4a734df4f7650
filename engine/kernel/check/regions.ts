import type { Form } from '../definition/form.ts';
import type { State } from '../definition/state.ts';
import type { Workflow } from '../definition/workflow.ts';
import { choicesOf } from './choices.ts';
import type { Filled } from './filled-fields.ts';
import { completion, covers } from './filled-fields.ts';
import { keptAt } from './form-places.ts';
import { formsOf } from './outcomes.ts';
import { withinState } from './statechart.ts';
import type { Statechart } from './statechart.ts';

/** What is present when several regions have come as far as this, by the id of the region. */
type RegionFacts = ReadonlyMap<string, Filled>;

/**
 * Joins what regions know: a path is present when some region has it and none that writes it has
 * lost it. A region that does not write a path leaves it as it was before.
 */
export function joinRegions(facts: RegionFacts, writes: Writes): Filled {
  const known = new Set([...facts.values()].flatMap((filled) => [...filled]));
  const lost = [...facts].flatMap(([region, filled]) => {
    const written = writes.get(region) ?? [];
    return [...known].filter(
      (path) => !filled.has(path) && written.some((target) => covers(target, path)),
    );
  });
  for (const path of lost) known.delete(path);
  return known;
}

/** The data paths that each region may write, by the id of the region. */
export type Writes = ReadonlyMap<string, readonly string[]>;

/** The data paths that each region of every parallel may write, by the id of the parallel. */
export function writesOfRegions(
  workflow: Workflow,
  chart: Statechart,
): ReadonlyMap<string, Writes> {
  const forms = new Map(workflow.forms.map((form) => [form.name, form]));
  const parallels = [...chart.states.values()].filter((state) => state.kind === 'parallel');
  return new Map(
    parallels.map(({ id, children }) => [
      id,
      new Map(children.map((region) => [region.id, writesWithin(region, forms)])),
    ]),
  );
}

/** The data paths that a state, or anything inside it, may write. */
function writesWithin(state: State, forms: ReadonlyMap<string, Form>): readonly string[] {
  return [...new Set(withinState(state).flatMap((inner) => writesOf(inner, forms)))];
}

function writesOf(state: State, forms: ReadonlyMap<string, Form>): readonly string[] {
  const rules = choicesOf(state).flatMap((choice) => choice.rules);
  const set = [state.entry, state.exit, ...rules].flatMap((actions) => actions.set);
  const save = 'save' in state ? state.save : [];
  const completed = state.kind === 'task' ? [completion(state.id)] : [];
  const fields = formsOf(state)
    .flatMap((name) => forms.get(name)?.pages ?? [])
    .flatMap((page) => page.fields);
  return [
    ...completed,
    ...[...set, ...save].map(({ target }) => target.join('.')),
    ...fields.filter(({ scope }) => scope === 'data').map((field) => keptAt(field).join('.')),
  ];
}

/** The data paths that may be written outside of a state, or on the way out of it and into it. */
export function writtenOutside(
  state: State,
  workflow: Workflow,
  chart: Statechart,
): readonly string[] {
  const forms = new Map(workflow.forms.map((form) => [form.name, form]));
  const written = [...chart.states.values()].flatMap((other) => {
    if (!chart.isWithin(other.id, state.id)) return writesOf(other, forms);
    const leaving = choicesOf(other)
      .flatMap(({ rules }) => rules)
      .filter(({ to }) => to !== undefined && !chart.isWithin(to, state.id));
    return leaving.flatMap(({ set }) => set).map(({ target }) => target.join('.'));
  });
  return [
    ...written,
    ...[...state.entry.set, ...state.exit.set].map(({ target }) => target.join('.')),
  ];
}
