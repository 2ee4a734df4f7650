import type { Step } from '../../ports/step.ts';
import { addedJobs, addedSubscriptions } from '../../ports/stopped.ts';
import type { Batch, BatchRunner } from './batch.ts';
import type { Columns, RowOf } from './columns.ts';
import type { Refusal } from './refusal.ts';
import type { Session } from './session.ts';
import { settleCases, settledRows } from './tables/bulk.ts';
import { addCases, caseColumns, changeCases, changedCaseColumns } from './tables/cases.ts';
import { addEvents, eventColumns } from './tables/events.ts';
import {
  addIncidents,
  incidentColumns,
  resolveIncidents,
  stopIncidents,
} from './tables/incidents.ts';
import {
  addJobs,
  finishJobs,
  finishedColumns,
  jobColumns,
  restJobs,
  restRows,
  stopJobs,
  stopSubscriptions,
  stopTimers,
  timerColumns,
  visitColumns,
} from './tables/jobs.ts';
import { carryFiles } from './tables/files.ts';
import { addLinks, linkColumns } from './tables/links.ts';
import {
  addSubscriptions,
  consumeMessages,
  receiveMessages,
  subscriptionColumns,
  takenColumns,
} from './tables/messages.ts';
import { joinQueues, leaveQueues, leavingColumns, placeColumns } from './tables/queues.ts';
import { addSubmissions, submissionColumns } from './tables/submissions.ts';
import { addTasks, changeTasks, taskChangeRows, taskColumns } from './tables/tasks.ts';

/** One part of what steps write: the rows of one table. */
export interface Part {
  readonly batch: Batch;
  readonly rowsOf: (step: Step) => readonly RowOf<Columns>[];
  /** Why a step is refused where another number of rows was changed than it gave. (Default: it is not) */
  readonly refusal?: Refusal;
}

/**
 * The parts in the order in which they are written: what can refuse a step first, in the order of
 * precedence of {@link CommitResult}; what leaves a table before what enters it.
 */
export const PARTS: readonly Part[] = [
  part(addSubmissions, ({ submissions }) => submissions.map(submissionColumns), 'duplicate'),
  part(addCases, (step) => (isFirst(step) ? [caseColumns(step.case)] : []), 'stale'),
  part(changeCases, (step) => (isFirst(step) ? [] : [changedCaseColumns(step.case)]), 'stale'),
  part(addEvents, (step) => [eventColumns(step.entry)], 'stale'),
  part(finishJobs, (step) => step.jobs.finish.map(finishedColumns), 'fenced'),
  part(consumeMessages, (step) => step.consume.map((id) => ({ id })), 'taken'),
  part(receiveMessages, ({ receive = [] }) => receive.map(takenColumns), 'taken'),
  part(stopJobs, stoppedVisits),
  part(stopTimers, stoppedTimers),
  part(stopSubscriptions, unsubscribedVisits),
  part(stopIncidents, stoppedVisits),
  part(leaveQueues, (step) =>
    (step.queues?.leave ?? []).map((visit) => leavingColumns(step.case.id, visit)),
  ),
  part(resolveIncidents, (step) => step.incidents.resolve.map((id) => ({ id }))),
  part(addTasks, (step) => step.tasks.open.map(taskColumns), 'taken'),
  part(changeTasks, (step) => taskChangeRows(step.tasks.change)),
  part(restJobs, restRows),
  part(addJobs, (step) => addedJobs(step).map(jobColumns), 'taken'),
  part(addIncidents, (step) => step.incidents.open.map(incidentColumns), 'taken'),
  part(addLinks, (step) => step.links.map(linkColumns), 'taken'),
  part(carryFiles, ({ case: { id }, files = [] }) =>
    files.map((file) => ({ id: file, case_id: id })),
  ),
  part(settleCases, settledRows, 'taken'),
  part(joinQueues, (step) => (step.queues?.join ?? []).map(placeColumns)),
  part(addSubscriptions, (step) => addedSubscriptions(step).map(subscriptionColumns)),
];

/**
 * Writes steps into the session's transaction, a statement for each part that has rows. Answers why
 * one of the steps cannot be saved; the caller then rolls back.
 */
export async function saveSteps(
  run: BatchRunner,
  session: Session,
  steps: readonly Step[],
): Promise<Refusal | undefined> {
  for (const { batch, rowsOf, refusal } of PARTS) {
    const rows = steps.flatMap(rowsOf);
    if (rows.length === 0) continue;
    const changed = await run.run(session, batch, rows);
    if (changed !== rows.length && refusal !== undefined) return refusal;
  }
  return undefined;
}

function part<C extends Columns>(
  batch: Batch<C>,
  rowsOf: (step: Step) => readonly RowOf<C>[],
  refusal?: Refusal,
): Part {
  return { batch, rowsOf, ...(refusal === undefined ? {} : { refusal }) };
}

function isFirst(step: Step): boolean {
  return step.case.version === 1;
}

function stoppedVisits(step: Step): ReturnType<typeof visitColumns>[] {
  return step.jobs.stop.map((visit) => visitColumns(step.case.id, visit));
}

function stoppedTimers(step: Step): ReturnType<typeof timerColumns>[] {
  return step.jobs.stopTimers.map((timer) => timerColumns(step.case.id, timer));
}

function unsubscribedVisits(step: Step): ReturnType<typeof visitColumns>[] {
  const heard = step.unsubscribe.map((visit) => visitColumns(step.case.id, visit));
  return [...heard, ...stoppedVisits(step)];
}
