import type { CaseContext, Ended, OpenWork } from './case-context.ts';

/** The case enters a state: a new visit, whose work is open and whose timers run. */
export function enter(
  context: CaseContext,
  state: string,
  timers: readonly string[] = [],
): CaseContext {
  const visit = (context.visits[state] ?? 0) + 1;
  const work: OpenWork = timers.length === 0 ? { visit } : { visit, timers };
  return {
    ...context,
    visits: { ...context.visits, [state]: visit },
    open: { ...context.open, [state]: work },
  };
}

/** A timer of a state has fired. */
export function fired(context: CaseContext, state: string, timer: string): CaseContext {
  const work = context.open[state];
  if (work?.timers?.includes(timer) !== true) return context;
  const timers = work.timers.filter((name) => name !== timer);
  return { ...context, open: { ...context.open, [state]: { ...work, timers } } };
}

/** The case leaves a state; its rules may still name what ended there until the step is over. */
export function leave(context: CaseContext, state: string): CaseContext {
  const work = context.open[state];
  if (work === undefined) return context;
  return { ...context, open: { ...context.open, [state]: { ...work, left: true } } };
}

/** The work of a state has ended while the case is in it. */
export function end(context: CaseContext, state: string, ended: Ended): CaseContext {
  const work = context.open[state];
  if (work === undefined) return context;
  return { ...context, open: { ...context.open, [state]: { ...work, ended } } };
}

/**
 * A rule has answered the end of a state that the case may still be in: no other rule answers it.
 * What lies inside a state can begin anew and end again; its work cannot.
 */
export function answer(context: CaseContext, state: string): CaseContext {
  const work = context.open[state];
  if (work?.ended === undefined) return context;
  if (work.ended.kind !== 'inside') {
    return end(context, state, { ...work.ended, answered: true });
  }
  const { visit, timers, left } = work;
  const begun: OpenWork = { visit, ...(timers && { timers }), ...(left && { left }) };
  return { ...context, open: { ...context.open, [state]: begun } };
}

/** Forgets what was left in the step that is now over. */
export function dropLeft(context: CaseContext): CaseContext {
  const entries = Object.entries(context.open);
  if (!entries.some(([, work]) => work.left === true)) return context;
  const kept: [string, OpenWork][] = entries.filter(([, work]) => work.left !== true);
  return { ...context, open: Object.fromEntries(kept) };
}

/** The visit of a state that the case is in now. */
export function visitOf(context: CaseContext, state: string): number {
  return context.open[state]?.visit ?? 0;
}
