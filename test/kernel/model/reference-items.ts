/** How far a state is with the items of its `forEach`, as the language tells it. */
import type { ModelForEach, ModelResult } from './model-workflow.ts';

export interface ReferenceItems {
  readonly count: number;
  readonly begun: number;
  readonly open: readonly number[];
  /** In the order of the list. */
  readonly results: readonly ModelResult[];
  /** An item has ended or data were set, since `until` was read. */
  readonly changed: boolean;
  /** `until` held. */
  readonly enough: boolean;
  /** An item has failed that makes the state fail. */
  readonly failed: boolean;
}

export function itemsOf(count: number): ReferenceItems {
  return { count, begun: 0, open: [], results: [], changed: false, enough: false, failed: false };
}

/** What happens next to the items without anybody doing anything. */
export type ItemStep =
  | { readonly kind: 'fail' }
  | { readonly kind: 'enough' }
  | { readonly kind: 'not-enough' }
  | { readonly kind: 'begin'; readonly which: readonly number[] }
  | { readonly kind: 'over' };

export function nextStep(
  forEach: ModelForEach,
  items: ReferenceItems,
  untilHolds: () => boolean,
): ItemStep | undefined {
  if (items.failed) return { kind: 'fail' };
  if (items.changed)
    return !items.enough && untilHolds() ? { kind: 'enough' } : { kind: 'not-enough' };
  const which = beginning(forEach, items);
  if (which.length > 0) return { kind: 'begin', which };
  return items.open.length === 0 ? { kind: 'over' } : undefined;
}

function beginning(
  { isSequence, atMost = Infinity }: ModelForEach,
  { count, begun, open, enough }: ReferenceItems,
): readonly number[] {
  const atOnce = isSequence ? 1 : atMost;
  const which: number[] = [];
  while (!enough && begun + which.length < count && open.length + which.length < atOnce) {
    which.push(begun + which.length);
  }
  return which;
}

export function withResult(items: ReferenceItems, result: ModelResult): ReferenceItems {
  return {
    ...items,
    open: items.open.filter((item) => item !== result.index),
    results: [...items.results, result].sort((a, b) => a.index - b.index),
    changed: true,
  };
}
