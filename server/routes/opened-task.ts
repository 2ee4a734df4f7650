import {
  TrellisError,
  authorize,
  beginDraft,
  dataForWork,
  outcomesForWork,
} from '../../engine/index.ts';
import type { CaseLook, Draft, Journey, Task } from '../../engine/index.ts';
import { taskSubject } from '../desk/task-subject.ts';
import type { DecidedTask } from '../desk/task-subject.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { FormPlace } from '../views/forms/page-view.ts';
import { paths, withQuery } from '../views/paths.ts';
import type { Site } from './site.ts';

/** A task with its case, as the pages about it need it. */
export interface Opened {
  readonly task: DecidedTask;
  readonly look: CaseLook;
  readonly tasks: readonly Task[];
}

/**
 * Finds a task of staff with its case.
 * @throws `TrellisError` with code `no-task`.
 */
export async function open({ host }: Site, id: string): Promise<Opened> {
  const task = await host.store.worklist.task(id);
  if (task?.kind !== 'task') throw new TrellisError('no-task', 'There is no such task.');
  const [look, tasks] = await Promise.all([
    host.engine.look(task.caseId),
    host.store.worklist.tasksOfCase(task.caseId),
  ]);
  return { task: await taskSubject(host, task), look, tasks };
}

/** Tells whether nothing is left to do. */
export function isOver({ status }: Task): boolean {
  return status === 'done' || status === 'called-off';
}

/** Tells whether somebody else has it, for whom the visitor does not stand in. */
export function isOthers({ assignee, standIn }: DecidedTask, { user }: Visitor): boolean {
  if (assignee === undefined || user === undefined) return assignee !== undefined;
  return assignee !== user.id && standIn !== user.id;
}

/** Tells whether the visitor has the task and may complete it. */
export function worksOn({ task }: Opened, visitor: Visitor): boolean {
  return (
    task.assignee === visitor.user?.id &&
    !isOver(task) &&
    authorize(visitor.actor, 'task.complete', task).allowed
  );
}

/** The way through the form of a task, as it is for the visitor. */
export function journeyOf(
  { forms, host }: Site,
  { task, look }: Opened,
  visitor: Visitor,
): Journey {
  const { stored, definition } = look;
  return forms.journey({
    definition,
    form: task.form,
    actor: visitor.actor,
    outcomes: outcomesForWork(look, task),
    data: dataForWork(look, task),
    reference: stored.reference,
    starter: stored.starter,
    now: host.clock.now(),
  });
}

/** What the visitor has entered so far. */
export async function draftOf(
  site: Site,
  opened: Opened,
  visitor: Visitor,
  journey: Journey,
): Promise<Draft> {
  const kept = await site.drafts.find(secretOf(opened, visitor), opened.task.id);
  return kept?.draft ?? beginDraft(journey.checks.model, dataForWork(opened.look, opened.task));
}

/** A task's form is kept for the person, not for a cookie: they may go on at another desk. */
export function secretOf({ task }: Opened, { author }: Visitor): string {
  return `${author.id}\n${task.id}`;
}

/** Where the pages of a task's form are. */
export function placeOf({ task }: Opened): FormPlace {
  return {
    hrefOf: (step) => withQuery(paths.task(task.id), { step }),
    fileHref: (file) => paths.taskFile(task.id, file),
    backHref: paths.inbox(),
  };
}
