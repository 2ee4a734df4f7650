/** The items of a `forEach` between two steps: which there are, which are under way, what they came to. */
import type { DataPath } from '../definition/values.ts';
import type { ForEach } from '../definition/work.ts';
import { TrellisError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { without } from '../types/make-type.ts';
import type { CaseContext, ItemResult, ItemTimer, Items } from './case-context.ts';
import { put } from './writes.ts';

/** The most items that one state goes through; a longer list is cut into parts first. */
const MOST_ITEMS = 500;

/**
 * The items of a state that is entered.
 * @throws `TrellisError` with code `too-many-items`.
 */
export function newItems({ list }: ForEach, values: Json): Items {
  const found = Array.isArray(values) ? (values as readonly Json[]) : [];
  refuseTooMany(found.length);
  return {
    count: found.length,
    ...(list === undefined ? { values: found } : {}),
    begun: 0,
    open: [],
    results: [],
  };
}

/** One item that a state goes through; `null` for one that is not there any more. */
export function itemAt({ list }: ForEach, { values }: Items, data: JsonObject, item: number): Json {
  if (list === undefined) return values?.[item] ?? null;
  const kept = listAt(data, list);
  return kept[item] ?? null;
}

/** What rules and formulas of a state may name of its items. */
export function itemNames(
  context: CaseContext,
  forEach: ForEach,
  state: string,
  item: number | undefined,
): Readonly<Record<string, Json>> {
  const items = context.open[state]?.items;
  if (items === undefined) return {};
  const results = items.results.map((result) => ({
    ...result,
    item: itemAt(forEach, items, context.data, result.index),
  }));
  const own =
    item === undefined ? {} : { [forEach.item]: itemAt(forEach, items, context.data, item) };
  return { results, ...own };
}

/** The items of a state that the case is in, changed. */
export function changeItems(
  context: CaseContext,
  state: string,
  change: (items: Items) => Items,
): CaseContext {
  const work = context.open[state];
  if (work?.items === undefined) return context;
  return {
    ...context,
    open: { ...context.open, [state]: { ...work, items: change(work.items) } },
  };
}

/** An item has ended; `until` is to be read. */
export function endItem(items: Items, result: ItemResult): Items {
  const results = [...items.results, result].sort((a, b) => a.index - b.index);
  const open = items.open.filter((item) => item !== result.index);
  const timers = items.timers?.filter(({ item }) => item !== result.index) ?? [];
  return { ...withTimers(items, timers), open, results, changed: true };
}

/** Items with these escalations under way, and no others. */
export function withTimers(items: Items, timers: readonly ItemTimer[]): Items {
  return timers.length === 0 ? without(items, 'timers') : { ...items, timers };
}

/** Items of which none is under way any more. */
export function noneOpen(items: Items): Items {
  return { ...withTimers(items, []), open: [] };
}

/** The data with one more item in the list that a state goes through. */
function withItem(data: JsonObject, list: DataPath, value: Json): JsonObject {
  return put(data, list, [...listAt(data, list), value]);
}

/**
 * One more item for a state, which goes on where it was about to be left.
 * @throws `TrellisError` with code `too-many-items`.
 */
export function addItem(
  context: CaseContext,
  state: string,
  { list }: ForEach,
  value: Json,
): CaseContext {
  const work = context.open[state];
  if (work?.items === undefined) return context;
  const { items } = work;
  refuseTooMany(items.count + 1);
  const { ended, ...rest } = work;
  const isOver = ended?.answered === true || ended?.kind === 'failed' || items.enough === true;
  const open = isOver ? work : rest;
  const values = items.values === undefined ? {} : { values: [...items.values, value] };
  return {
    ...context,
    data: list === undefined ? context.data : withItem(context.data, list, value),
    open: {
      ...context.open,
      [state]: { ...open, items: { ...items, ...values, count: items.count + 1 } },
    },
  };
}

/** Data was set: every `until` is to be read. */
export function dataWasSet(context: CaseContext): CaseContext {
  const repeated = Object.entries(context.open).filter(([, { items }]) => items !== undefined);
  return repeated.reduce(
    (changed, [state]) => changeItems(changed, state, (items) => ({ ...items, changed: true })),
    context,
  );
}

function listAt(data: JsonObject, path: DataPath): readonly Json[] {
  let found: Json | undefined = data;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return [];
    found = (found as JsonObject)[step];
  }
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** @throws `TrellisError` with code `too-many-items`. */
export function refuseTooMany(count: number): void {
  if (count <= MOST_ITEMS) return;
  throw new TrellisError(
    'too-many-items',
    `A state goes through ${MOST_ITEMS} items at most, and here are ${count}. Go through them in parts.`,
  );
}
