import type { Moment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { CANCEL_EVENT } from '../compile/names.ts';
import { escalationTimer } from '../compile/timers.ts';
import type { Effect } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import type { Applied } from './apply-event.ts';
import { applyEvent } from './apply-event.ts';
import { attempt } from './attempt.ts';
import type { LiveCase } from './live-case.ts';
import { withContext } from './live-case.ts';
import { send, settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';
import { entryUndone } from './undo.ts';

/**
 * Answers what an event makes of a case, or why it changes nothing. It executes nothing: the
 * effects are for the caller to store with the step and to carry out afterwards.
 *
 * @throws `TrellisError` with code `endless` when rules without a wait never come to rest.
 */
export function transition(
  compiled: CompiledWorkflow,
  live: LiveCase,
  event: CaseEvent,
  moment: Moment,
): StepResult | Refusal {
  const stepMoment = { ...moment, event };
  return attempt(compiled, stepMoment, () => {
    if (event.kind === 'undone') return undone(compiled, live, event.entry);
    if (event.kind === 'cancel') return cancel(compiled, live);
    if (event.kind === 'undo') return undoFinished(compiled, live, event.entry);
    const applied = applyEvent(live, event, compiled, stepMoment);
    if (applied.kind === 'refused') return applied;
    const reassign = event.kind === 'timer' ? escalation(compiled, event) : undefined;
    if (reassign === undefined) return run(compiled, live, applied);
    const result = settle(compiled, live, false);
    return { ...result, effects: [reassign, ...result.effects] };
  });
}

function run(compiled: CompiledWorkflow, live: LiveCase, applied: Applied): StepResult | Refusal {
  const finished = live.snapshot.status === 'done';
  const prepared = withContext(live, applied.context);
  if (finished) return settle(compiled, prepared, true);
  const next = send(compiled, prepared, applied.type);
  if (applied.mustTake === true && !compiled.scope.hasTaken()) {
    compiled.scope.take();
    return refusal('unknown-outcome', 'No rule for this outcome holds at the moment.');
  }
  return settle(compiled, next, false);
}

function escalation(
  compiled: CompiledWorkflow,
  { state, visit, timer }: Extract<CaseEvent, { readonly kind: 'timer' }>,
): Effect | undefined {
  const task = compiled.states.get(state);
  if (task?.kind !== 'task') return undefined;
  const rung = task.escalate.find((_escalation, index) => escalationTimer(index) === timer);
  return rung && { kind: 'reassign', state, visit, role: rung.assign.role };
}

function undone(compiled: CompiledWorkflow, live: LiveCase, entry: number): StepResult | Refusal {
  if (entry < 1 || entry > live.context.undos) {
    return refusal('stale', `The case has no undo step ${entry}.`);
  }
  const context = entryUndone(live.context, entry);
  return settle(compiled, withContext(live, context), live.snapshot.status === 'done');
}

function cancel(compiled: CompiledWorkflow, live: LiveCase): StepResult | Refusal {
  if (live.snapshot.status === 'done' || live.context.undoing !== undefined) {
    return refusal('stale', 'The case has ended, or is being undone already.');
  }
  return settle(compiled, send(compiled, live, CANCEL_EVENT), false);
}

function undoFinished(
  compiled: CompiledWorkflow,
  live: LiveCase,
  parentEntry: number,
): StepResult | Refusal {
  if (live.snapshot.status !== 'done' || live.context.undoing !== undefined) {
    return refusal('stale', 'Only a case that has finished can be undone by the one that ran it.');
  }
  const { ledger } = live.context;
  const context = {
    ...live.context,
    ledger: [],
    undoing: { entries: [...ledger].reverse(), then: { parentEntry } },
  };
  return settle(compiled, withContext(live, context), true);
}
