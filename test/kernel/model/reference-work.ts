/** What the answers to a case's work make of it, before any rule is read. */
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import { withFields } from './model-fields.ts';
import type { ModelState } from './model-workflow.ts';
import type { Entry, ReferenceCase } from './reference-case.ts';
import { changeStay, complete, entriesOf, stayIn } from './reference-case.ts';
import { withResult } from './reference-items.ts';
import { firedTimer } from './reference-timers.ts';
import { Refused } from './refused.ts';

export type WorkEvent = Extract<
  CaseEvent,
  { readonly kind: 'outcome' | 'done' | 'failed' | 'message' | 'timer' }
>;

/** Tells whether the case is in the visit that an event answers, and waits for just this. */
export function isAwaited(live: ReferenceCase, event: WorkEvent): boolean {
  const stay = live.stays.get(event.state);
  if (stay?.visit !== event.visit || stay.calledOff) return false;
  if (event.kind === 'timer') {
    return (stay.timers ?? []).some(
      ({ index, at }) => index === Number(event.timer) && at === event.at,
    );
  }
  if (stay.ended !== undefined) return false;
  return event.item === undefined
    ? stay.items === undefined
    : stay.items?.open.includes(event.item) === true;
}

/** Takes in what an event brings. */
export function takeIn(
  live: ReferenceCase,
  state: ModelState,
  event: WorkEvent,
  now: number,
): void {
  if (event.kind === 'timer') {
    fire(live, state, Number(event.timer), now);
  } else if (event.item !== undefined) {
    endItem(live, state, event, event.item);
  } else {
    const outcome = event.kind === 'done' ? (event.outcome ?? '') : '';
    const how = event.kind === 'failed' ? 'failed' : 'done';
    changeStay(live, state, { ended: { how, outcome, outcomes: new Map() }, answered: false });
    if (event.kind === 'outcome') live.data = { ...live.data, ...event.form.data };
    // What nobody did is not taken back.
    const isDone = event.kind === 'outcome' ? event.skipped !== true : event.kind === 'message';
    if (isDone) complete(live, state);
    if (event.kind === 'done') record(live, state, event);
  }
}

/** Work that was left while it ran has succeeded after all: it is taken back, latest first. */
export function lateSuccess(
  live: ReferenceCase,
  event: WorkEvent,
  state: ModelState,
): readonly Entry[] {
  const left = live.running.find(
    (one) => one.state === event.state && one.visit === event.visit && one.item === event.item,
  );
  if (event.kind !== 'done' || left === undefined) throw new Refused('stale');
  live.running = live.running.filter((other) => other !== left);
  const { id } = event.result as { readonly id?: string };
  const entries = entriesOf(live, state, left, id);
  live.orders += entries.length;
  return entries.toReversed();
}

function fire(live: ReferenceCase, state: ModelState, timer: number, now: number): void {
  const written = state.after[timer];
  if (written === undefined) return;
  const timers = (stayIn(live, state).timers ?? []).flatMap((one) =>
    one.index === timer ? firedTimer(written, one, now) : [one],
  );
  changeStay(live, state, { timers });
}

function endItem(
  live: ReferenceCase,
  state: ModelState,
  event: Exclude<WorkEvent, { readonly kind: 'timer' }>,
  item: number,
): void {
  const { items } = stayIn(live, state);
  if (items === undefined) return;
  if (event.kind === 'failed') {
    const how = state.forEach?.onItemFailed;
    if (how === 'incident') throw new Refused('unhandled');
    const open = items.open.filter((other) => other !== item);
    const after =
      how === 'fail' ? { ...items, open, failed: true } : withResult(items, { index: item });
    changeStay(live, state, { items: after });
    return;
  }
  const outcome = 'outcome' in event ? event.outcome : undefined;
  const result = { index: item, ...(outcome !== undefined && { outcome }) };
  changeStay(live, state, { items: withResult(items, result) });
  if (event.kind === 'outcome') {
    live.data = { ...live.data, ...event.form.data };
    complete(live, state, item);
  }
  if (event.kind === 'done') record(live, state, event);
}

/** What was done is saved, and can be taken back. */
function record(
  live: ReferenceCase,
  state: ModelState,
  { item, result }: Extract<CaseEvent, { readonly kind: 'done' }>,
): void {
  const { id } = result as { readonly id?: string };
  const other = stayIn(live, state).items?.results.length;
  const saved = {
    ...(state.kind === 'call' && id !== undefined && { id }),
    ...(state.countsItems && other !== undefined && { other }),
  };
  live.data = withFields(live.data, state.fields, saved);
  complete(live, state, item, id);
}
