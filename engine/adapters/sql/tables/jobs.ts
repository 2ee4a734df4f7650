import type { Visit } from '../../../kernel/effects.ts';
import type { ClaimedJob, FinishedJob, Job, Step, TimerOfVisit } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Batch } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

/** `free_at` is when a job may be claimed: its time, or the end of its lease. */
const JOB = {
  id: 'text',
  case_id: 'text',
  kind: 'text',
  state: 'text?',
  visit: 'bigint?',
  timer: 'text?',
  item: 'bigint?',
  payload: 'text',
  run_at: 'bigint',
  free_at: 'bigint',
  attempts: 'bigint',
  untried: 'bigint',
  held: 'bigint',
  lane: 'text',
} as const satisfies Columns;

const FINISHED = { id: 'text', attempts: 'bigint' } as const satisfies Columns;
const REST = { case_id: 'text', held: 'bigint' } as const satisfies Columns;
const VISIT = {
  case_id: 'text',
  state: 'text',
  visit: 'bigint',
  item: 'bigint?',
} as const satisfies Columns;

const TIMER = { ...VISIT, timer: 'text' } as const satisfies Columns;

export type JobColumns = RowOf<typeof JOB> & { readonly refused?: number };

export const addJobs = insertInto('jobs', JOB, 'id');

/** Removes jobs whose fencing token still holds. */
export const finishJobs: Batch<typeof FINISHED> = {
  name: 'finish_jobs',
  columns: FINISHED,
  text: 'delete from jobs where (id, attempts) in (select id, attempts from v)',
};

/**
 * The rows of a table that work for visits `v`. A visit that is named without an item means all of
 * its items.
 */
export function ofVisits(table: string): string {
  return `select ${table}.id from v join ${table} on ${table}.case_id = v.case_id
    and ${table}.state = v.state and ${table}.visit = v.visit
    where (v.item is null or v.item = ${table}.item)`;
}

/** Removes what works for visits that were called off. */
export const stopJobs: Batch<typeof VISIT> = {
  name: 'stop_jobs',
  columns: VISIT,
  text: `delete from jobs where id in (${ofVisits('jobs')})`,
};

/** Holds the jobs of cases that are suspended, and lets those go of cases that are resumed. */
export const restJobs: Batch<typeof REST> = {
  name: 'rest_jobs',
  columns: REST,
  text: `update jobs set held = v.held from v where jobs.case_id = v.case_id and jobs.kind <> 'admit'`,
};

/** Removes single timers of visits that go on. */
export const stopTimers: Batch<typeof TIMER> = {
  name: 'stop_timers',
  columns: TIMER,
  text: `delete from jobs where id in (${ofVisits('jobs')} and jobs.timer = v.timer)`,
};

export const stopSubscriptions: Batch<typeof VISIT> = {
  name: 'stop_subscriptions',
  columns: VISIT,
  text: `delete from subscriptions where (case_id, state, visit) in
    (select case_id, state, visit from v where item is null)`,
};

export function jobColumns(job: Job): JobColumns {
  return {
    id: job.id,
    case_id: job.caseId,
    kind: job.kind,
    state: job.visit?.state ?? null,
    visit: job.visit?.visit ?? null,
    timer: job.timer ?? null,
    item: job.visit?.item ?? null,
    payload: toJson(job.payload),
    run_at: job.runAt,
    ...claimColumns(job),
    held: job.held === true ? 1 : 0,
    lane: job.lane ?? '',
  };
}

function claimColumns({
  runAt,
  claimedUntil,
  spent = 0,
}: Job): Pick<JobColumns, 'free_at' | 'attempts' | 'untried'> {
  return claimedUntil === undefined
    ? { free_at: runAt, attempts: spent, untried: spent }
    : { free_at: claimedUntil, attempts: spent + 1, untried: spent };
}

export function finishedColumns({ id, attempts }: FinishedJob): RowOf<typeof FINISHED> {
  return { id, attempts };
}

/** The row of a step that holds the jobs of its case, or lets them go. */
export function restRows({ case: { id }, jobs: { rest } }: Step): RowOf<typeof REST>[] {
  return rest === undefined ? [] : [{ case_id: id, held: rest === 'hold' ? 1 : 0 }];
}

export function visitColumns(caseId: string, { state, visit, item }: Visit): RowOf<typeof VISIT> {
  return { case_id: caseId, state, visit, item: item ?? null };
}

export function timerColumns(
  caseId: string,
  { timer, ...visit }: TimerOfVisit,
): RowOf<typeof TIMER> {
  return { ...visitColumns(caseId, visit), timer };
}

export function claimedJob(row: JobColumns): ClaimedJob {
  const { state, visit, timer } = row;
  const item = present('item', row.item);
  return {
    id: row.id,
    caseId: row.case_id,
    kind: row.kind as Job['kind'],
    ...(state === null || visit === null ? {} : { visit: { state, visit, ...item } }),
    ...(timer === null ? {} : { timer }),
    payload: fromJson(row.payload) as Job['payload'],
    ...(row.lane === '' ? {} : { lane: row.lane }),
    runAt: row.run_at,
    ...(row.refused === 1 ? { refused: true as const } : {}),
    attempts: row.attempts,
    tries: row.attempts - row.untried,
  };
}
