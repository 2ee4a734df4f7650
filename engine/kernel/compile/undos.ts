import { receiverOf } from '../check/undo-receiver.ts';
import type { State } from '../definition/state.ts';
import type { Undo } from '../definition/work.ts';
import type { Visit } from '../effects.ts';
import { isSameVisit } from '../effects.ts';
import type { JsonObject } from '../json.ts';
import type { CaseContext, LedgerEntry } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileInput } from './inputs.ts';
import type { MachineAction } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import { visitOf } from './visits.ts';

type Names = Readonly<Record<string, unknown>>;

/**
 * Works out how a visit that is complete, or one item of it, is taken back: over the case as it is
 * then, and what the work gave. Latest last.
 */
export type WorkOutUndo = (context: CaseContext, visit: Visit, names?: Names) => readonly Undone[];

/** A ledger entry before it has its place. */
type Undone = LedgerEntry extends infer One
  ? One extends LedgerEntry
    ? Omit<One, 'order'>
    : never
  : never;

/** Compiles `undo` of every state that has something to take back, by the state's id. */
export function compileUndos(
  states: ReadonlyMap<string, State>,
  compilation: Compilation,
): ReadonlyMap<string, WorkOutUndo> {
  const compiled = new Map<string, WorkOutUndo>();
  for (const [id, state] of states) {
    const undo = compileUndo(state, compilation);
    if (undo !== undefined) compiled.set(id, undo);
  }
  return compiled;
}

/** Compiles how a state is taken back: a child case undoes its own, after what its parent says. */
export function compileUndo(state: State, compilation: Compilation): WorkOutUndo | undefined {
  const own = state.undo && ownEntry(state, state.undo, compilation);
  if (state.kind !== 'run') return own && ((...from) => [own(...from)]);
  return (context, visit, names) => [
    { kind: 'child', ...visit },
    ...(own ? [own(context, visit, names)] : []),
  ];
}

/** The context in which a visit is complete: how it is taken back is kept, once for each visit. */
export function complete(
  context: CaseContext,
  visit: Visit,
  undo: WorkOutUndo | undefined,
  names?: Names,
): CaseContext {
  if (undo === undefined) return context;
  const others = context.ledger.filter((entry) => !isSameVisit(entry, visit));
  return { ...context, ledger: [...others, ...inOrder(context, undo(context, visit, names))] };
}

/** Gives entries their place after all that is still to be taken back. */
export function inOrder(
  { ledger, late = [], undoing, undoingIn = {} }: CaseContext,
  entries: readonly Undone[],
): readonly LedgerEntry[] {
  const lists = [...(undoing ? [undoing] : []), ...Object.values(undoingIn)];
  const known = [...ledger, ...late, ...lists.flatMap((list) => list.entries)];
  const last = Math.max(0, ...known.map(({ order }) => order));
  return entries.map((entry, index) => ({ ...entry, order: last + index + 1 }));
}

/** Compiles what is kept at a moment at which a state is complete that does no work of its own. */
export function keepComplete(
  state: State,
  compilation: Compilation,
): (context: CaseContext) => CaseContext {
  if (state.undo === undefined || state.id === '') return (context) => context;
  const undo = compileUndo(state, compilation);
  return (context) => {
    const visit = visitOf(context, state.id);
    return visit === 0 ? context : complete(context, { state: state.id, visit }, undo);
  };
}

/** The same, as an action. */
export function completeAction(
  state: State | undefined,
  compilation: Compilation,
): readonly MachineAction[] {
  if (state?.undo === undefined || state.id === '') return [];
  return [changeContext(keepComplete(state, compilation))];
}

function ownEntry(
  state: State,
  undo: Undo,
  compilation: Compilation,
): (context: CaseContext, visit: Visit, names?: Names) => Undone {
  const receiver =
    undo.kind === 'call'
      ? compilation.receiver(undo.operation)
      : receiverOf(undo, compilation.core);
  const build = compileInput(undo.with, compilation.scopes.undo(state), receiver);
  const inputOf = (context: CaseContext, item: number | undefined, names: Names): JsonObject =>
    build({ ...compilation.values(context, state.id, item), ...names }, compilation.moment());
  return (context, visit, names = {}) => {
    const input = inputOf(context, visit.item, names);
    return undo.kind === 'call'
      ? { kind: 'call', ...visit, operation: undo.operation, input }
      : { kind: 'run', ...visit, workflow: undo.workflow, input };
  };
}
