import type { CaseContext, LedgerEntry, StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { CANCELLED } from '../compile/names.ts';
import { undoListOf, withUndoList } from '../compile/undo-lists.ts';
import { inOrder } from '../compile/undos.ts';
import type { Effect } from '../effects.ts';
import { isSameVisit, visitOf } from '../effects.ts';
import type { CaseEvent } from '../event.ts';

/** A context and the effects of bringing its undo list one entry further. */
export interface UndoStep {
  readonly context: CaseContext;
  readonly effects: readonly Effect[];
}

/** Starts the next entry of every undo list that has none under way. */
export function startNextUndo(context: CaseContext): UndoStep {
  return listsOf(context).reduce<UndoStep>(
    (step, region) => {
      const list = undoListOf(step.context, region);
      const [entry] = list?.entries ?? [];
      if (list === undefined || list.current !== undefined || entry === undefined) return step;
      const number = step.context.undos + 1;
      const begun = withUndoList(step.context, region, { ...list, current: number });
      return {
        context: { ...begun, undos: number },
        effects: [...step.effects, effectOf(entry, number)],
      };
    },
    { context, effects: [] },
  );
}

/** The region whose undo list is carried out, `''` for the whole case; `undefined` for none. */
export function undoneRegion(context: CaseContext): string | undefined {
  return listsOf(context).find((region) => undoListOf(context, region)?.entries.length === 0);
}

/** The entry that was under way has been taken back. */
export function entryUndone(context: CaseContext, entry: number): CaseContext {
  for (const region of listsOf(context)) {
    const list = undoListOf(context, region);
    if (list?.current !== entry) continue;
    const { entries, then } = list;
    return withUndoList(context, region, { entries: entries.slice(1), then });
  }
  return context;
}

function listsOf({ undoing, undoingIn }: CaseContext): readonly string[] {
  return [...(undoing === undefined ? [] : ['']), ...Object.keys(undoingIn ?? {})];
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
  const left = context.running.find((visit) => isSameVisit(visit, event));
  const results = compiled.results.get(event.state);
  const undo = compiled.undos.get(event.state);
  // A child case that was called off has undone itself.
  if (left === undefined || undo === undefined || event.outcome === CANCELLED) return undefined;
  const { result, outcome } = event;
  const names = { result, ...(outcome === undefined ? {} : { outcome }) };
  const data = results?.save(context, names, moment, event.item) ?? context.data;
  const entries = inOrder(context, undo({ ...context, data }, visitOf(event), names));
  return {
    ...context,
    running: context.running.filter((visit) => visit !== left),
    late: [...(context.late ?? []), ...[...entries].reverse()],
  };
}

/** Takes the late successes out of a context as undo effects that nobody waits for. */
export function undoLate(context: CaseContext): UndoStep {
  if (context.late === undefined) return { context, effects: [] };
  const { late, ...rest } = context;
  return {
    context: { ...rest, undos: context.undos + late.length },
    effects: late.map((entry, index) => effectOf(entry, context.undos + index + 1)),
  };
}

function effectOf(entry: LedgerEntry, number: number): Effect {
  switch (entry.kind) {
    case 'child':
      return { kind: 'undo-child', entry: number, ...visitOf(entry) };
    case 'run':
      return { kind: 'undo-run', entry: number, workflow: entry.workflow, input: entry.input };
    case 'call':
      return { kind: 'undo', entry: number, operation: entry.operation, input: entry.input };
  }
}
