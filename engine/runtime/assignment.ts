import { excluded } from '../kernel/compile/work.ts';
import type { Actor } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { User } from '../ports/accounts.ts';
import type { Task } from '../ports/step.ts';
import type { StandIn } from './choose-person.ts';
import type { Note } from './draft.ts';
import type { LoadedCase } from './loaded-case.ts';

/**
 * Gives a task to a person, or with `null` back: to whoever handed it on, else to its roles. Whoever
 * stands in for somebody who is away takes it from them, and can give it back.
 * @throws `TrellisError` with code `task-over` where it is done or called off, or where somebody
 * claims what somebody else has claimed; `not-by` where an excluded person claims it.
 */
export function assignment(
  task: Task,
  assignee: Actor | null,
  actor: Actor,
  loaded: LoadedCase,
  standIn?: StandIn,
): Note {
  if (!isUnfinished(task)) throw taskOver();
  if (assignee === null) return givenBack(task, actor);
  const isStandIn = standIn?.person.id === assignee.id;
  return claimed(task, assignee, actor, loaded, isStandIn ? standIn.insteadOf : undefined);
}

function claimed(
  task: Task,
  assignee: Actor,
  actor: Actor,
  loaded: LoadedCase,
  absent: User | undefined,
): Note {
  const { id } = task;
  const delegatedBy = absent?.id ?? task.delegatedBy;
  const isOthers = task.assignee !== undefined && task.assignee !== actor.id;
  if (isOthers && assignee.id === actor.id && absent === undefined) throw taskOver();
  if (excludedFrom(task, loaded).includes(assignee.id)) {
    const message = 'Somebody who did an earlier step of this case may not do this one.';
    throw new TrellisError('not-by', message);
  }
  const insteadOf = absent && { insteadOf: { id: absent.id, name: absent.name } };
  const handedOn = delegatedBy === undefined ? {} : { delegatedBy };
  return {
    entry: { kind: 'claimed', actor, body: { task: id, assignee: assignee.id, ...insteadOf } },
    tasks: [{ id, status: 'claimed', assignee: assignee.id, ...handedOn }],
  };
}

function givenBack({ id, delegatedBy }: Task, actor: Actor): Note {
  const kind = delegatedBy === undefined ? 'released' : 'returned';
  const assignee = delegatedBy ?? null;
  return {
    entry: { kind, actor, body: { task: id, assignee } },
    tasks: [{ id, status: 'open', assignee }],
  };
}

export function isUnfinished({ status }: Task): boolean {
  return status === 'open' || status === 'claimed';
}

/** The ids of those who may not do a task, as the case is now. */
export function excludedFrom(task: Task, { definition, live }: LoadedCase): readonly string[] {
  const state = definition.compiled.states.get(task.state);
  return state?.kind === 'task' ? excluded(state, live.context) : task.notBy;
}

/** The error of work that is not to be done by whoever asks. */
export function taskOver(): TrellisError {
  return new TrellisError(
    'task-over',
    'This is not to be done any more: somebody else was first, or it was called off.',
  );
}
