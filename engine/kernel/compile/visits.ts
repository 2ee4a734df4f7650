import type { CaseContext, Ended, OpenWork } from './case-context.ts';

/** The case enters a state: a new visit, whose work is open. */
export function enter(context: CaseContext, state: string): CaseContext {
  const visit = (context.visits[state] ?? 0) + 1;
  return {
    ...context,
    visits: { ...context.visits, [state]: visit },
    open: { ...context.open, [state]: { visit } },
  };
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
