import { allow, hasOneOf, mayOperate, refuse } from './decide.ts';
import { managedRoles } from './managing.ts';
import type { Decision, StaffActor, Subjects, TaskSubject } from './words.ts';

export function maySeeTask(actor: StaffActor, task: TaskSubject): Decision {
  if (actor.id === task.assignee) return allow('The task is theirs.');
  if (actor.id === task.completedBy) return allow('They completed the task.');
  if (actor.id === task.delegatedBy) return allow('They handed the task on.');
  if (actor.id === task.standIn) return allow('They stand in for whoever has it.');
  const manages = mayReassignTask(actor, task);
  return manages.allowed ? manages : hasOneOf(actor, task.roles);
}

/**
 * Claiming and completing: one of its roles or the task itself, nobody else's claim unless one
 * stands in for them, and not excluded by `notBy`.
 */
export function mayDoTask(actor: StaffActor, task: TaskSubject): Decision {
  const isTheirs = task.assignee === actor.id;
  const standsIn = !isTheirs && task.standIn === actor.id;
  // Whoever claimed it by a role needs that role still.
  const needsRole = !isTheirs || (task.roles.length > 0 && task.delegatedBy === undefined);
  const own = allow(isTheirs ? 'The task is theirs.' : 'They stand in for whoever has it.');
  const leave = needsRole && !standsIn ? hasOneOf(actor, task.roles) : own;
  if (!leave.allowed) return leave;
  if (task.notBy.includes(actor.id))
    return refuse('notBy', 'They had a part in this case before: somebody else must do this task.');
  if (task.assignee !== undefined && !isTheirs && !standsIn)
    return refuse('claimed', 'Somebody else has this task.');
  return leave;
}

/** Giving a task back that somebody has; one for a single person has nowhere else to go. */
export function mayReleaseTask(actor: StaffActor, task: TaskSubject): Decision {
  if (task.roles.length === 0 && task.delegatedBy === undefined)
    return refuse('role', 'The task is for one person alone. It can be handed on instead.');
  if (actor.id === task.assignee) return allow('The task is theirs.');
  return mayReassignTask(actor, task).allowed
    ? allow('Whoever manages a task may release it.')
    : refuse('claimed', 'Only who claimed a task, or manages it, may release it.');
}

/** Handing on somebody else's task: those who keep the host running, and who manages its roles. */
export function mayReassignTask(actor: StaffActor, { managers = [] }: TaskSubject): Decision {
  const operates = mayOperate(actor);
  if (operates.allowed) return operates;
  return managers.some((role) => actor.roles.includes(role))
    ? allow('They manage the tasks of this role.')
    : operates;
}

/** Seeing the tasks of others: those who manage some. */
export function mayManage(actor: StaffActor, { core }: Subjects['task.manage']): Decision {
  const managed = managedRoles(actor, core);
  return managed === 'all' || managed.length > 0
    ? allow('They manage tasks.')
    : refuse('role', 'This is for those who manage the tasks of a role.');
}

/** Handing one's own task to somebody else. */
export function mayDelegateTask(actor: StaffActor, task: TaskSubject): Decision {
  return actor.id === task.assignee
    ? allow('The task is theirs.')
    : refuse('claimed', 'Only whoever has a task may hand it on.');
}
