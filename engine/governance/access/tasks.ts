import { allow, hasOneOf, mayOperate, refuse } from './decide.ts';
import type { Decision, StaffActor, TaskSubject } from './words.ts';

export function maySeeTask(actor: StaffActor, task: TaskSubject): Decision {
  if (actor.id === task.assignee) return allow('The task is theirs.');
  if (actor.id === task.completedBy) return allow('They completed the task.');
  if (actor.id === task.delegatedBy) return allow('They handed the task on.');
  const operates = mayOperate(actor);
  return operates.allowed ? operates : hasOneOf(actor, task.roles);
}

/**
 * Claiming and completing: one of its roles or the task itself, nobody else's claim, and not
 * excluded by `notBy`.
 */
export function mayDoTask(actor: StaffActor, task: TaskSubject): Decision {
  const isTheirs = task.assignee === actor.id;
  // Whoever claimed it by a role needs that role still.
  const needsRole = !isTheirs || (task.roles.length > 0 && task.delegatedBy === undefined);
  const leave = needsRole ? hasOneOf(actor, task.roles) : allow('The task is theirs.');
  if (!leave.allowed) return leave;
  if (task.notBy.includes(actor.id))
    return refuse('notBy', 'They had a part in this case before: somebody else must do this task.');
  if (task.assignee !== undefined && !isTheirs)
    return refuse('claimed', 'Somebody else has this task.');
  return leave;
}

/** Giving a task back that somebody has; one for a single person has nowhere else to go. */
export function mayReleaseTask(actor: StaffActor, task: TaskSubject): Decision {
  if (task.roles.length === 0 && task.delegatedBy === undefined)
    return refuse('role', 'The task is for one person alone. It can be handed on instead.');
  if (actor.id === task.assignee) return allow('The task is theirs.');
  return mayOperate(actor).allowed
    ? allow('Operators and administrators may release a task of somebody who is away.')
    : refuse('claimed', 'Only who claimed a task, an operator or an administrator may release it.');
}

/** Handing one's own task to somebody else. */
export function mayDelegateTask(actor: StaffActor, task: TaskSubject): Decision {
  return actor.id === task.assignee
    ? allow('The task is theirs.')
    : refuse('claimed', 'Only whoever has a task may hand it on.');
}
