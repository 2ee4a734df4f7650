import type { DataPath } from '../definition/values.ts';
import type { Filled } from './filled-fields.ts';
import { union } from './filled-fields.ts';

/** One item of a list, by its name, and the list of the data that it lies in. */
interface NamedItem {
  readonly item: string;
  readonly list?: DataPath;
}

/** The paths that lie in every item of the list that is gone through. */
export function itemFacts({ list }: NamedItem, filled: Filled): readonly string[] {
  if (list === undefined) return [];
  const start = inItem(list, '');
  return [...filled].filter((path) => path.startsWith(start));
}

/** The same of the one item that the state is at, under its own name. */
export function withItemFacts(forEach: NamedItem, filled: Filled): Filled {
  const own = `${forEach.item}.`;
  const known = insideItems(forEach, filled).map((inside) => `${own}${inside}`);
  const others = [...filled].filter((path) => !path.startsWith(own));
  return union(new Set(others), known);
}

/** The same of the items in `results`. */
export function resultFacts(forEach: NamedItem, filled: Filled): readonly string[] {
  return insideItems(forEach, filled).map((inside) => inItem(['results'], `item.${inside}`));
}

function insideItems(forEach: NamedItem, filled: Filled): readonly string[] {
  const { list } = forEach;
  if (list === undefined) return [];
  const { length } = inItem(list, '');
  return itemFacts(forEach, filled).map((path) => path.slice(length));
}

function inItem(list: readonly string[], inside: string): string {
  return `${list.join('.')}.[].${inside}`;
}
