import type { Items } from '../kernel/compile/case-context.ts';

/** The items of the states that a case is in. */
export function itemsOf(
  open: Readonly<Record<string, { readonly items?: Items }>>,
): Readonly<Record<string, Items>> {
  return Object.fromEntries(
    Object.entries(open).flatMap(([state, { items }]) =>
      items === undefined ? [] : [[state, items] as const],
    ),
  );
}
