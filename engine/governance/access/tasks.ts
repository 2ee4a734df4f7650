import { allow, hasRole, mayOperate, refuse } from './decide.ts';
import type { Decision, StaffActor, TaskSubject } from './words.ts';

export function maySeeTask(actor: StaffActor, task: TaskSubject): Decision {
  if (actor.id === task.assignee) return allow('The task is theirs.');
  if (actor.id === task.completedBy) return allow('They completed the task.');
  return hasRole(actor, task.role);
}

/** Claiming and completing: the role, nobody else's claim, and not excluded by `notBy`. */
export function mayDoTask(actor: StaffActor, task: TaskSubject): Decision {
  const role = hasRole(actor, task.role);
  if (!role.allowed) return role;
  if (task.notBy.includes(actor.id))
    return refuse('notBy', 'They had a part in this case before: somebody else must do this task.');
  if (task.assignee !== undefined && task.assignee !== actor.id)
    return refuse('claimed', 'Somebody else has claimed this task.');
  return role;
}

/** Giving a claimed task back. */
export function mayReleaseTask(actor: StaffActor, task: TaskSubject): Decision {
  if (actor.id === task.assignee) return allow('The task is theirs.');
  return mayOperate(actor).allowed
    ? allow('Operators and administrators may release a task of somebody who is away.')
    : refuse('claimed', 'Only who claimed a task, an operator or an administrator may release it.');
}
