import type { CoreView } from '../core-view.ts';
import type { Undo } from '../definition/work.ts';
import type { ValueType } from '../types/value-type.ts';

/** What takes work back: its name, and what it takes where the core knows it. */
export interface UndoReceiver {
  readonly name: string;
  readonly input?: ValueType;
}

/** Finds the operation, or the workflow, that an `undo` names. */
export function receiverOf(undo: Undo, core: CoreView): UndoReceiver {
  const name = undo.kind === 'call' ? undo.operation : undo.workflow;
  const known = undo.kind === 'call' ? core.operations.get(name) : core.runnables.get(name);
  return { name, ...(known && { input: known.input }) };
}
