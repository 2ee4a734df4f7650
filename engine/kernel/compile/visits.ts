import type { CaseContext, Ended, OpenWork } from './case-context.ts';
import { withPart } from './with-part.ts';

/** The case enters a state: a new visit, whose work is open. */
export function enter(context: CaseContext, state: string): CaseContext {
  const visit = (context.visits[state] ?? 0) + 1;
  const visits = withPart(context.visits, state, visit);
  return { ...context, visits, open: withPart(context.open, state, { visit }) };
}

/** The case leaves a state; its rules may still name what ended there until the step is over. */
export function leave(context: CaseContext, state: string): CaseContext {
  const work = context.open[state];
  if (work === undefined) return context;
  return { ...context, open: withPart(context.open, state, withPart(work, 'left', true)) };
}

/** The work of a state has ended while the case is in it. */
export function end(context: CaseContext, state: string, ended: Ended): CaseContext {
  const work = context.open[state];
  if (work === undefined) return context;
  return { ...context, open: withPart(context.open, state, withPart(work, 'ended', ended)) };
}

/**
 * A rule has answered the end of a state that the case may still be in: no other rule answers it.
 * What lies inside a state can begin anew and end again; its work cannot.
 */
export function answer(context: CaseContext, state: string): CaseContext {
  const work = context.open[state];
  if (work?.ended === undefined) return context;
  if (work.ended.kind !== 'inside') {
    return end(context, state, withPart(work.ended, 'answered', true));
  }
  return { ...context, open: { ...context.open, [state]: begun(work) } };
}

/** Tells whether the work of a state, or what lies inside it, has ended and is still at its end. */
export function hasEnded(work: OpenWork | undefined): work is OpenWork & { ended: Ended } {
  return work?.ended !== undefined && work.ended.over !== true;
}

/** What lies inside a state begins anew: its end holds no more, though rules may still name it. */
export function reopen(context: CaseContext, state: string): CaseContext {
  const work = context.open[state];
  if (work?.ended === undefined) return context;
  return end(context, state, { ...work.ended, over: true });
}

/** Forgets what was left, and ends that are over, in the step that is now over. */
export function dropLeft(context: CaseContext): CaseContext {
  const entries = Object.entries(context.open);
  const isOver = ({ left, ended }: OpenWork): boolean => left === true || ended?.over === true;
  if (!entries.some(([, work]) => isOver(work))) return context;
  const kept = entries
    .filter(([, work]) => work.left !== true)
    .map(([id, work]): [string, OpenWork] => [id, work.ended?.over === true ? begun(work) : work]);
  return { ...context, open: Object.fromEntries(kept) };
}

/** The same visit before anything in it ended. */
function begun({ visit, timers, queue, left, calledOff }: OpenWork): OpenWork {
  return {
    visit,
    ...(timers && { timers }),
    ...(queue !== undefined && { queue }),
    ...(left && { left }),
    ...(calledOff && { calledOff }),
  };
}

/** The visit of a state that the case is in now. */
export function visitOf(context: CaseContext, state: string): number {
  return context.open[state]?.visit ?? 0;
}
