import { forEachOf } from '../kernel/definition/for-each-of.ts';
import { itemOutcomes } from '../kernel/check/outcomes.ts';
import { itemAt } from '../kernel/compile/items.ts';
import type { Visit } from '../kernel/effects.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { CaseLook } from './engine.ts';

/** How far the items of a `forEach` are. */
interface ItemProgress {
  readonly state: string;
  readonly ended: number;
  readonly count: number;
}

/** The data that the form of a task or an ask sees: also the item that it is about, under its name. */
export function dataForWork(look: CaseLook, { state, item }: Visit): JsonObject {
  const forEach = forEachOf(look.definition.compiled.states.get(state));
  const items = look.items[state];
  if (forEach === undefined || items === undefined || item === undefined) return look.data;
  return { ...look.data, [forEach.item]: itemAt(forEach, items, look.data, item) };
}

/** The outcomes by which a person can end the work of a state. */
export function outcomesForWork({ definition }: CaseLook, { state }: Visit): readonly string[] {
  const { compiled } = definition;
  const found = compiled.states.get(state);
  if (found === undefined) return [];
  if (forEachOf(found) === undefined) return found.on.map(({ event }) => event);
  const name = found.kind === 'task' || found.kind === 'ask' ? found.form : '';
  const form = compiled.workflow.forms.find((one) => one.name === name);
  return itemOutcomes(found, form);
}

/** How far each state is that the case goes through a list in. */
export function itemProgress({ items }: CaseLook): readonly ItemProgress[] {
  return Object.entries(items).map(([state, { count, results }]) => ({
    state,
    ended: results.length,
    count,
  }));
}
