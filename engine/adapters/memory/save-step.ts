import type { CommitResult } from '../../ports/cases.ts';
import type { Job, Step, Task, TaskChange } from '../../ports/step.ts';
import {
  addedJobs,
  addedSubscriptions,
  isRemoved,
  isStopped,
  isUnsubscribed,
} from '../../ports/stopped.ts';
import { isReady, settleCase } from './bulk-cases.ts';
import { writeQueues } from './queues.ts';
import { addJob } from './stored-job.ts';
import { subscriptionKey } from './tables.ts';
import type { Tables } from './tables.ts';

/** Saves one step whole, or says why nothing of it was written. */
export function saveStep(tables: Tables, step: Step): CommitResult {
  const removed = jobsToRemove(tables, step);
  const refusal = refuse(tables, step, removed);
  if (refusal !== undefined) return refusal;
  write(tables, step, removed);
  return { kind: 'saved' };
}

function refuse(
  tables: Tables,
  step: Step,
  removed: ReadonlySet<string>,
): CommitResult | undefined {
  const [submission] = step.submissions.flatMap(({ key }) => tables.submissions.get(key) ?? []);
  if (submission !== undefined) return { kind: 'duplicate', submission };
  if (isStale(tables, step)) return { kind: 'stale' };
  if (isFenced(tables, step)) return { kind: 'fenced' };
  return isTaken(tables, step, removed) ? { kind: 'taken' } : undefined;
}

function isStale(tables: Tables, step: Step): boolean {
  const stored = tables.cases.get(step.case.id);
  if (stored === undefined && tables.archive.has(step.case.id)) return true;
  return (stored?.version ?? 0) !== step.case.version - 1;
}

function isFenced(tables: Tables, step: Step): boolean {
  const { finish } = step.jobs;
  return (
    !areDistinct(finish.map(({ id }) => id)) ||
    finish.some(({ id, attempts }) => tables.jobs.get(id)?.attempts !== attempts)
  );
}

function isTaken(tables: Tables, step: Step, removed: ReadonlySet<string>): boolean {
  const { consume } = step;
  if (step.bulk !== undefined && !isReady(tables, step.bulk, step.case.id)) return true;
  if (!areDistinct(consume)) return true;
  if (consume.some((id) => tables.messages.get(id)?.consumed !== false)) return true;
  const resolved = new Set(step.incidents.resolve);
  return (
    clashes(tables.tasks, step.tasks.open.map(taskId)) ||
    clashes(tables.jobs, addedJobs(step).map(jobId), removed) ||
    clashes(
      tables.incidents,
      step.incidents.open.map(({ id }) => id),
      resolved,
    ) ||
    clashes(
      tables.messages,
      (step.receive ?? []).map(({ id }) => id),
    ) ||
    clashes(
      tables.links,
      step.links.map(({ hash }) => hash),
    )
  );
}

function clashes(
  table: ReadonlyMap<string, unknown>,
  ids: readonly string[],
  leaving: ReadonlySet<string> = new Set(),
): boolean {
  return !areDistinct(ids) || ids.some((id) => table.has(id) && !leaving.has(id));
}

function areDistinct(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}

function jobsToRemove(tables: Tables, step: Step): ReadonlySet<string> {
  const ids = new Set(step.jobs.finish.map(({ id }) => id));
  if (step.jobs.stop.length > 0 || step.jobs.stopTimers.length > 0) {
    for (const { job } of tables.jobs.values()) {
      if (job.caseId === step.case.id && isRemoved(step, job)) ids.add(job.id);
    }
  }
  return ids;
}

function write(tables: Tables, step: Step, removed: ReadonlySet<string>): void {
  const { id } = step.case;
  tables.cases.set(id, step.case);
  tables.events.set(id, [...(tables.events.get(id) ?? []), step.entry]);
  for (const submission of step.submissions) tables.submissions.set(submission.key, submission);
  for (const job of removed) tables.jobs.delete(job);
  restJobs(tables, step);
  for (const job of addedJobs(step)) addJob(tables, job);
  for (const task of step.tasks.open) tables.tasks.set(task.id, task);
  for (const change of step.tasks.change) changeTask(tables, change);
  for (const incident of step.incidents.resolve) tables.incidents.delete(incident);
  stopIncidents(tables, step);
  for (const incident of step.incidents.open) tables.incidents.set(incident.id, incident);
  for (const link of step.links) tables.links.set(link.hash, link);
  carryFiles(tables, step);
  takeMessages(tables, step);
  writeSubscriptions(tables, step);
  writeQueues(tables, step);
  if (step.bulk !== undefined) settleCase(tables, step.bulk, step.case);
}

function carryFiles(tables: Tables, { case: { id: caseId }, files = [] }: Step): void {
  for (const id of files) {
    const kept = tables.files.get(id);
    if (kept === undefined || kept.file.caseId !== undefined) continue;
    tables.files.set(id, { ...kept, file: { ...kept.file, caseId } });
  }
}

function restJobs(tables: Tables, step: Step): void {
  const { rest } = step.jobs;
  if (rest === undefined) return;
  for (const [id, stored] of tables.jobs) {
    if (stored.job.caseId !== step.case.id || stored.job.kind === 'admit') continue;
    tables.jobs.set(id, { ...stored, held: rest === 'hold' });
  }
}

function stopIncidents(tables: Tables, step: Step): void {
  if (step.jobs.stop.length === 0) return;
  for (const incident of tables.incidents.values()) {
    const { id, caseId, state, visit } = incident;
    if (caseId !== step.case.id || state === undefined || visit === undefined) continue;
    if (isStopped(step, { ...incident, state, visit })) tables.incidents.delete(id);
  }
}

function writeSubscriptions(tables: Tables, step: Step): void {
  if (step.jobs.stop.length > 0 || step.unsubscribe.length > 0) {
    for (const [key, subscription] of tables.subscriptions) {
      if (subscription.caseId === step.case.id && isUnsubscribed(step, subscription)) {
        tables.subscriptions.delete(key);
      }
    }
  }
  for (const subscription of addedSubscriptions(step)) {
    tables.subscriptions.set(subscriptionKey(subscription), subscription);
  }
}

function changeTask(tables: Tables, change: TaskChange): void {
  const task = tables.tasks.get(change.id);
  if (task === undefined) return;
  const { assignee, delegatedBy, ...rest } = change;
  const changed: Mutable<Task> = { ...task, ...rest };
  if (assignee !== undefined) delete changed.delegatedBy;
  if (typeof assignee === 'string' && delegatedBy !== undefined) changed.delegatedBy = delegatedBy;
  if (assignee === null) delete changed.assignee;
  else if (assignee !== undefined) changed.assignee = assignee;
  tables.tasks.set(task.id, changed);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function takeMessages(tables: Tables, { consume, receive = [] }: Step): void {
  for (const id of consume) {
    const stored = tables.messages.get(id);
    if (stored) tables.messages.set(id, { ...stored, consumed: true });
  }
  for (const message of receive) {
    const taken = { consumed: true, offered: false, refused: false };
    tables.messages.set(message.id, { message, ...taken });
  }
}

function taskId(task: Task): string {
  return task.id;
}

function jobId(job: Job): string {
  return job.id;
}
