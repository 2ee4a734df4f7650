import { childrenOf } from '../check/statechart.ts';
import type { State } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import type { CaseContext, LedgerEntry, Undoing } from './case-context.ts';
import type { ContextAction } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import { inOrder } from './undos.ts';
import type { WorkOutUndo } from './undos.ts';

/**
 * The innermost region in which a rule stays, so that the others go on while it is carried out:
 * its id, or `''` where the rule leads out of every region, or takes all of the case back.
 */
export function undoingRegion(root: State, source: string, { undo, to = '' }: Transition): string {
  if (undo === '') return '';
  let region = '';
  let here: State | undefined = root;
  while (here !== undefined) {
    const inner: State | undefined = childrenOf(here).find(
      ({ id }) => isWithin(source, id) && isWithin(to, id) && id !== to,
    );
    if (here.kind === 'parallel' && inner !== undefined) region = inner.id;
    here = inner;
  }
  return region;
}

/** Puts what was completed in a state on an undo list, latest first. */
export function takeBack(scope: string, then: Undoing['then'], region: string): ContextAction {
  const isTaken = ({ state }: LedgerEntry): boolean => isWithin(state, scope);
  return changeContext((context) => {
    const entries = context.ledger.filter(isTaken).reverse();
    const ledger = context.ledger.filter((entry) => !isTaken(entry));
    return withUndoList({ ...context, ledger }, region, { entries, then });
  });
}

/**
 * Takes all that the case has done off its books, as a list to take it back: what a region that is
 * being undone has left over, what was completed, latest first, and the case as a whole, once.
 */
export function takeAll(
  context: CaseContext,
  whole: WorkOutUndo | undefined,
): { readonly context: CaseContext; readonly entries: readonly LedgerEntry[] } {
  const { late = [] } = context;
  const visit = { state: '', visit: context.visits[''] ?? 0 };
  const completed = [...late, ...context.ledger].sort((a, b) => b.order - a.order);
  const isLeft = whole !== undefined && context.wholeTaken !== true;
  const last = isLeft ? inOrder(context, whole(context, visit)) : [];
  const taken = {
    ...{ ...context, ledger: [] },
    ...(late.length > 0 && { late: [] }),
    ...(isLeft && { wholeTaken: true as const }),
  };
  return { context: taken, entries: [...completed, ...last] };
}

/** The undo list of a region, or of the whole case. */
export function undoListOf(context: CaseContext, region: string): Undoing | undefined {
  return region === '' ? context.undoing : context.undoingIn?.[region];
}

export function withUndoList(context: CaseContext, region: string, list: Undoing): CaseContext {
  if (region === '') return { ...context, undoing: list };
  return { ...context, undoingIn: { ...context.undoingIn, [region]: list } };
}

/** A region leaves its undo list: what was still to be taken back is, with nobody waiting for it. */
export function leaveUndoList(context: CaseContext, region: string): CaseContext {
  const list = context.undoingIn?.[region];
  if (list === undefined) return context;
  const others = Object.entries(context.undoingIn ?? {}).filter(([id]) => id !== region);
  const left = list.entries.slice(list.current === undefined ? 0 : 1);
  return {
    ...context,
    undoingIn: Object.fromEntries(others),
    ...(left.length > 0 && { late: [...(context.late ?? []), ...left] }),
  };
}

function isWithin(id: string, outer: string): boolean {
  return outer === '' || id === outer || id.startsWith(`${outer}/`);
}
