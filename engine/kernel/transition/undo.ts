import type { CaseContext, LedgerEntry, StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { CANCELLED } from '../compile/names.ts';
import type { Effect } from '../effects.ts';
import type { CaseEvent } from '../event.ts';

/** A context and the effects of bringing its undo list one entry further. */
export interface UndoStep {
  readonly context: CaseContext;
  readonly effects: readonly Effect[];
}

/** Starts the next entry of an undo list; none is started while one is under way. */
export function startNextUndo(context: CaseContext): UndoStep {
  const { undoing } = context;
  const [entry] = undoing?.entries ?? [];
  if (undoing === undefined || undoing.current !== undefined || entry === undefined) {
    return { context, effects: [] };
  }
  const number = context.undos + 1;
  return {
    context: { ...context, undos: number, undoing: { ...undoing, current: number } },
    effects: [effectOf(entry, number)],
  };
}

/** The entry that was under way has been taken back. */
export function entryUndone(context: CaseContext, entry: number): CaseContext {
  const { undoing } = context;
  if (undoing?.current !== entry) return context;
  const { entries, then } = undoing;
  return { ...context, undoing: { entries: entries.slice(1), then } };
}

/**
 * A call that was left while it ran turns out to have succeeded: it is taken back at once, beside
 * whatever the case does now. Answers `undefined` where nothing has to be taken back.
 */
export function recordLateSuccess(
  context: CaseContext,
  event: Extract<CaseEvent, { readonly kind: 'done' }>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): CaseContext | undefined {
  const left = context.running.find(
    ({ state, visit }) => state === event.state && visit === event.visit,
  );
  const results = compiled.results.get(event.state);
  // A child case that was called off has undone itself.
  if (left === undefined || results?.undo === undefined || event.outcome === CANCELLED)
    return undefined;
  const names = { result: event.result };
  const saved = { ...context, data: results.save(context, names, moment) };
  const entry = results.undo(saved, names, event.visit, moment);
  if (entry === undefined) return undefined;
  return {
    ...context,
    running: context.running.filter((visit) => visit !== left),
    late: [...(context.late ?? []), entry],
  };
}

/** Takes the late successes out of a context as undo effects that nobody waits for. */
export function undoLate(context: CaseContext): UndoStep {
  const { late, ...rest } = context;
  if (late === undefined) return { context, effects: [] };
  return {
    context: { ...rest, undos: context.undos + late.length },
    effects: late.map((entry, index) => effectOf(entry, context.undos + index + 1)),
  };
}

function effectOf(entry: LedgerEntry, number: number): Effect {
  if (entry.kind === 'child') {
    return { kind: 'undo-child', entry: number, state: entry.state, visit: entry.visit };
  }
  return { kind: 'undo', entry: number, operation: entry.operation, input: entry.input };
}
