/** What people do to a whole case: let it rest, let it go on, call it off. */
import type { CaseContext, Suspension, Undoing } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { CANCELLED_STATE, CANCEL_EVENT, END_EVENT, STEP_EVENT } from '../compile/names.ts';
import { takeAll } from '../compile/undo-lists.ts';
import type { Effect, Visit } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import type { LiveCase } from './live-case.ts';
import { placesOf } from './queues.ts';
import { progressOf, withContext } from './live-case.ts';
import { awakened, send, settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';

type EventOf<K extends CaseEvent['kind']> = Extract<CaseEvent, { readonly kind: K }>;

/** What people do and times that are up wait for a case that rests; what others answered does not. */
export function isKeptOut({ kind }: CaseEvent): boolean {
  return kind === 'outcome' || kind === 'press' || kind === 'timer';
}

/** The refusal of what has to wait until the case is resumed. */
export function asleep({ reason }: Suspension): Refusal {
  return refusal('suspended', `The case is suspended: ${reason}`);
}

/** Nothing of the case begins any more, and no time is up, until it is resumed. */
export function suspend(
  compiled: CompiledWorkflow,
  live: LiveCase,
  { reason, withParent }: EventOf<'suspend'>,
  now: number,
): StepResult | Refusal {
  if (progressOf(live) === 'finished') {
    return refusal('not-possible', 'The case has ended: there is nothing to suspend.');
  }
  if (live.context.suspended !== undefined) {
    return refusal('not-possible', 'The case is suspended already.');
  }
  const suspended = { reason, since: now, ...(withParent === undefined ? {} : { withParent }) };
  const resting = withContext(live, { ...live.context, suspended });
  return withEffects(settle(compiled, resting, false), restChildren(live, compiled, true, reason));
}

/** The case goes on: what became due meanwhile is due at once. */
export function resume(
  compiled: CompiledWorkflow,
  live: LiveCase,
  { reason, withParent }: EventOf<'resume'>,
): StepResult | Refusal {
  const { suspended } = live.context;
  if (suspended === undefined) return refusal('not-possible', 'The case is not suspended.');
  if (withParent === true && suspended.withParent !== true) {
    return refusal('not-possible', 'The case was suspended for itself: it is resumed for itself.');
  }
  const awake = withContext(live, awakened(live.context));
  const isActive = progressOf(awake) === 'active';
  const next = isActive ? send(compiled, awake, STEP_EVENT) : awake;
  const result = settle(compiled, next, false);
  return withEffects(result, [
    ...restChildren(result.case, compiled, false, reason),
    // A visit that waits keeps its place; its queue is looked at again.
    ...placesOf(compiled, result.case.context),
  ]);
}

/** Calls the case off: it takes back what it did and ends, or ends as things are. */
export function cancel(
  compiled: CompiledWorkflow,
  before: LiveCase,
  { plain }: EventOf<'cancel'>,
): StepResult | Refusal {
  const rest = awakened(before.context);
  const live = withContext(before, rest);
  const { undoing } = rest;
  const isEnding = undoing !== undefined && leadsOn(undoing) === undefined;
  if (live.place.snapshot.status === 'done' || (isEnding && plain !== true)) {
    return refusal('stale', 'The case has ended, or is being called off already.');
  }
  if (plain === true) return end(compiled, live);
  if (undoing === undefined) return settle(compiled, send(compiled, live, CANCEL_EVENT), false);
  // It is being undone on its way to somewhere: now the rest is taken back too, and then it ends.
  const { context: taken, entries } = takeAll(rest, compiled.undos.get(''));
  const further = [...undoing.entries, ...entries];
  const onItsWay = { ...undoing, entries: further, then: { state: CANCELLED_STATE } };
  return settle(compiled, withContext(live, { ...taken, undoing: onItsWay }), false);
}

/** Ends the case as things are; what still runs is not taken back either if it succeeds. */
function end(compiled: CompiledWorkflow, live: LiveCase): StepResult {
  const ended = send(compiled, live, END_EVENT);
  const result = settle(compiled, withContext(ended, { ...ended.context, running: [] }), false);
  const effects = result.effects.map((effect): Effect =>
    effect.kind === 'stop' ? { ...effect, plain: true } : effect,
  );
  return { ...result, effects };
}

/** The state to which an undo list leads, where the case goes on from there. */
function leadsOn({ then }: Undoing): string | undefined {
  return 'state' in then && then.state !== CANCELLED_STATE ? then.state : undefined;
}

function withEffects(result: StepResult, effects: readonly Effect[]): StepResult {
  return { ...result, effects: [...effects, ...result.effects] };
}

function restChildren(
  { context }: LiveCase,
  { states }: CompiledWorkflow,
  resting: boolean,
  reason: string,
): readonly Effect[] {
  const running = Object.entries(context.open).flatMap(([state, work]): Visit[] => {
    const isRun = states.get(state)?.kind === 'run' && work.ended === undefined;
    const visit = { state, visit: work.visit };
    const items = work.items?.open.map((item) => ({ ...visit, item }));
    return isRun ? (items ?? [visit]) : [];
  });
  return [...running, ...takingBack(context)].map((visit) => ({
    kind: 'rest-child',
    ...visit,
    resting,
    reason,
  }));
}

/** Cases that take work back are children of the case as a whole, by the number of their entry. */
function takingBack({ undoing, undoingIn = {} }: CaseContext): readonly Visit[] {
  const lists = [...(undoing === undefined ? [] : [undoing]), ...Object.values(undoingIn)];
  return lists.flatMap(({ entries: [first], current }): Visit[] =>
    first?.kind === 'run' && current !== undefined ? [{ state: '', visit: current }] : [],
  );
}
