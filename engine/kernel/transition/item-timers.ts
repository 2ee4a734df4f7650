import type { CaseContext, ItemTimer } from '../compile/case-context.ts';
import { changeItems, withTimers } from '../compile/items.ts';
import type { Visit } from '../effects.ts';

/** An escalation of one item of a visit. */
export interface TimerOfItem extends Visit {
  readonly item: number;
  readonly timer: string;
}

/** The escalation as it runs; `undefined` once it has fired, or the item is over. */
export function itemTimer(
  { open }: CaseContext,
  { state, visit, item, timer }: TimerOfItem,
): ItemTimer | undefined {
  const work = open[state];
  if (work?.visit !== visit || work.ended !== undefined || work.calledOff === true)
    return undefined;
  return work.items?.timers?.find((one) => one.item === item && one.name === timer);
}

/**
 * Lets an escalation fire: it is over. Answers `undefined` where it is not due then: it has fired,
 * was moved, or the item is over.
 */
export function fireItemTimer(
  context: CaseContext,
  event: TimerOfItem & { readonly at: number },
): CaseContext | undefined {
  const running = itemTimer(context, event);
  return running?.at === event.at ? replaced(context, event, running, []) : undefined;
}

/** Lets an escalation fire at another time (epoch milliseconds). */
export function setItemTimer(
  context: CaseContext,
  of: TimerOfItem,
  running: ItemTimer,
  at: number,
): CaseContext {
  return replaced(context, of, running, [{ ...running, at }]);
}

function replaced(
  context: CaseContext,
  { state }: Visit,
  running: ItemTimer,
  by: readonly ItemTimer[],
): CaseContext {
  return changeItems(context, state, (items) =>
    withTimers(items, items.timers?.flatMap((one) => (one === running ? by : one)) ?? []),
  );
}
