import { itemAt } from '../compile/items.ts';
import type { Visit } from '../effects.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Rehearsed } from './rehearsed.ts';

/** How a step names an item: by its number, counted from 0, by itself, or by some of its fields. */
export type WantedItem = string | number | JsonObject;

/**
 * The number of the item that a step means; the first one under way where it names none, and
 * `undefined` in a state that goes through no list.
 */
export function findItem(
  wanted: WantedItem | undefined,
  state: string,
  of: Pick<Rehearsed, 'compiled' | 'live'> | undefined,
): number | undefined {
  if (of === undefined) return undefined;
  const { live, compiled } = of;
  const { open, data } = live.context;
  const items = open[state]?.items;
  const forEach = compiled.compilation.forEach(state);
  if (items === undefined || forEach === undefined) return undefined;
  if (wanted === undefined) return items.open[0] ?? 0;
  if (typeof wanted === 'number') return wanted;
  const all = Array.from({ length: items.count }, (_, index) => index);
  // One that is not there is refused like one that has ended.
  return all.find((index) => fits(itemAt(forEach, items, data, index), wanted)) ?? items.count;
}

/** The visit that a step means, with the item where there are several. */
export function wantedVisit(visit: Visit, wanted: WantedItem | undefined, of: Rehearsed): Visit {
  const item = findItem(wanted, visit.state, of);
  return item === undefined ? visit : { ...visit, item };
}

function fits(item: Json, wanted: string | JsonObject): boolean {
  if (typeof wanted === 'string') return item === wanted;
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  return Object.entries(wanted).every(
    ([name, value]) => JSON.stringify((item as JsonObject)[name]) === JSON.stringify(value),
  );
}
