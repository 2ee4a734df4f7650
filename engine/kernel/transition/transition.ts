import type { WorkOutAssignment } from '../compile/assignments.ts';
import type { CaseContext, Moment, StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { STEP_EVENT } from '../compile/names.ts';
import { escalationTimer } from '../compile/timers.ts';
import { takeAll } from '../compile/undo-lists.ts';
import type { Visit } from '../effects.ts';
import { visitOf } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import type { Applied } from './applied.ts';
import { applyEvent } from './apply-event.ts';
import { attempt } from './attempt.ts';
import type { LiveCase } from './live-case.ts';
import { changedData, relocate, skipEvent, withoutWork, workOf } from './modify.ts';
import { fireItemTimer } from './item-timers.ts';
import { moveTimer } from './move-timer.ts';
import { asleep, cancel, isKeptOut, resume, suspend } from './rest.ts';
import { progressOf, withContext } from './live-case.ts';
import { send, settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';
import { fireTimer } from './timers.ts';
import { entryUndone } from './undo.ts';

/**
 * Answers what an event makes of a case, or why it changes nothing. It executes nothing: the
 * effects are for the caller to store with the step and to carry out afterwards.
 */
export function transition(
  compiled: CompiledWorkflow,
  live: LiveCase,
  event: CaseEvent,
  moment: Moment,
): StepResult | Refusal {
  if (event.kind === 'modify') return modify(compiled, live, event, moment);
  const stepMoment = { ...moment, event };
  return attempt(compiled, stepMoment, () => {
    if (event.kind === 'undone') return undone(compiled, live, event.entry);
    if (event.kind === 'cancel') return cancel(compiled, live, event);
    if (event.kind === 'suspend') return suspend(compiled, live, event, moment.now);
    if (event.kind === 'resume') return resume(compiled, live, event);
    if (event.kind === 'undo') return undoFinished(compiled, live, event.entry);
    if (live.context.suspended !== undefined && isKeptOut(event))
      return asleep(live.context.suspended);
    if (event.kind === 'timer') {
      if (moment.now < event.at) return refusal('early', 'The time has not come yet.');
      const rung = rungOf(compiled, event);
      if (rung !== undefined) return escalate(compiled, live, event, rung, stepMoment);
    }
    const applied = applyEvent(live, event, compiled, stepMoment);
    return applied.kind === 'refused' ? applied : run(compiled, live, event, applied);
  });
}

function modify(
  compiled: CompiledWorkflow,
  live: LiveCase,
  event: Extract<CaseEvent, { readonly kind: 'modify' }>,
  moment: Moment,
): StepResult | Refusal {
  const changed = changedData(compiled, live, event);
  if ('kind' in changed) return changed;
  const { work } = event;
  if (work?.kind === 'timer') {
    const move = (): StepResult | Refusal => moveTimer(compiled, changed, work, moment.now);
    return attempt(compiled, { ...moment, event }, move);
  }
  if (work?.kind !== 'skip') {
    return attempt(compiled, { ...moment, event }, () => relocate(compiled, changed, work));
  }
  const skip = skipEvent(compiled, changed, work, event.actor);
  if (skip.kind === 'refused') return skip;
  const skipMoment = { ...moment, event: skip };
  const result = attempt(compiled, skipMoment, () => {
    const applied = applyEvent(changed, skip, compiled, skipMoment);
    return applied.kind === 'refused' ? applied : run(compiled, changed, skip, applied);
  });
  if (result.kind === 'refused') return result;
  return withoutWork(result, skip, workOf(compiled, skip.state));
}

type WorkEvent = Parameters<typeof applyEvent>[1];
type TimerEvent = Extract<CaseEvent, { readonly kind: 'timer' }>;

function run(
  compiled: CompiledWorkflow,
  live: LiveCase,
  event: WorkEvent,
  { context, type, otherwise, answers }: Applied,
): StepResult | Refusal {
  const prepared = withContext(live, context);
  if (live.place.snapshot.status === 'done') return settle(compiled, prepared, true);
  const next = send(compiled, prepared, type);
  if (otherwise !== undefined && answers === undefined && !isAnswered(next.context, event)) {
    compiled.scope.take();
    return otherwise;
  }
  const result = settle(compiled, next, false);
  if (otherwise !== undefined && answers !== undefined) {
    return result.taken.some((rule) => answers.includes(rule)) ? result : otherwise;
  }
  return event.kind === 'message' && event.state !== '' ? heard(result, event) : result;
}

/** A rule for what has ended was taken: it says so in the visit, unless the state was entered anew. */
function isAnswered({ open }: CaseContext, { state, visit }: Visit): boolean {
  const work = open[state];
  return work?.visit !== visit || work.ended?.answered === true;
}

/** A wait that stays in its state after its message hears no other. */
function heard(result: StepResult, { state, visit }: Visit): StepResult {
  if (result.case.context.open[state]?.visit !== visit) return result;
  return { ...result, effects: [{ kind: 'heard', state, visit }, ...result.effects] };
}

/** The rung of a task's escalation that a timer belongs to. */
function rungOf(
  compiled: CompiledWorkflow,
  { state, timer }: TimerEvent,
): WorkOutAssignment | undefined {
  const rungs = compiled.rungs.get(state);
  return rungs?.find((_assignment, index) => escalationTimer(index) === timer);
}

/** Hands a task that is still to be done to others. */
function escalate(
  compiled: CompiledWorkflow,
  live: LiveCase,
  event: TimerEvent,
  workOut: WorkOutAssignment,
  moment: StepMoment,
): StepResult | Refusal {
  const { state, visit, item } = event;
  const fired =
    item === undefined
      ? fireTimer(compiled, live.context, event, moment)
      : fireItemTimer(live.context, { ...event, item });
  if (fired === undefined) return refusal('stale', `The task in "${state}" is over.`);
  const next = send(compiled, withContext(live, fired), STEP_EVENT);
  const result = settle(compiled, next, false);
  if (result.case.context.open[state]?.visit !== visit) return result;
  const { context } = result.case;
  const assignment = workOut(context, compiled.compilation.values(context, state), moment);
  const reassign = { kind: 'reassign', ...visitOf(event), assignment } as const;
  return { ...result, effects: [reassign, ...result.effects] };
}

function undone(compiled: CompiledWorkflow, live: LiveCase, entry: number): StepResult | Refusal {
  if (entry < 1 || entry > live.context.undos) {
    return refusal('stale', `The case has no undo step ${entry}.`);
  }
  const next = withContext(live, entryUndone(live.context, entry));
  // One that nobody waited for is a step like any other: what waits is read again.
  if (progressOf(next) === 'active')
    return settle(compiled, send(compiled, next, STEP_EVENT), false);
  return settle(compiled, next, live.place.snapshot.status === 'done');
}

function undoFinished(
  compiled: CompiledWorkflow,
  live: LiveCase,
  parentEntry: number,
): StepResult | Refusal {
  if (live.place.snapshot.status !== 'done' || live.context.undoing !== undefined) {
    return refusal('stale', 'Only a case that has finished can be undone by the one that ran it.');
  }
  const { context, entries } = takeAll(live.context, compiled.undos.get(''));
  const undoing = { entries, then: { parentEntry } };
  return settle(compiled, withContext(live, { ...context, undoing }), true);
}
