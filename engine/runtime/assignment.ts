import type { Actor } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Task, TaskChange } from '../ports/step.ts';
import type { Note } from './draft.ts';

/**
 * Gives a task to a person, or with `null` back to its role.
 * @throws `TrellisError` with code `task-over` where it is done or called off, or where somebody
 * claims what somebody else has claimed.
 */
export function assignment(task: Task, assignee: Actor | null, actor: Actor): Note {
  const { id, status } = task;
  const isOthers = status === 'claimed' && task.assignee !== actor.id;
  if (status !== 'open' && status !== 'claimed') throw taskOver();
  if (isOthers && assignee?.id === actor.id) throw taskOver();
  const change: TaskChange =
    assignee === null
      ? { id, status: 'open', assignee: null }
      : { id, status: 'claimed', assignee: assignee.id };
  const kind = assignee === null ? 'released' : 'claimed';
  return {
    entry: { kind, actor, body: { task: id, assignee: assignee?.id ?? null } },
    tasks: [change],
  };
}

/** The error of work that is not to be done by whoever asks. */
export function taskOver(): TrellisError {
  return new TrellisError(
    'task-over',
    'This is not to be done any more: somebody else was first, or it was called off.',
  );
}
