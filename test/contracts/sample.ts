import type { AuditEntry, Job, Step, StoredCase, Task } from '../../engine/ports/step.ts';

/** Values for the contract suites: small, complete, and told apart by what a test gives. */

export const START = Date.UTC(2027, 0, 4, 9);
export const REP = { kind: 'staff', id: 'u-1', name: 'Rita Rep' } as const;

export function sampleCase(id: string, changes: Partial<StoredCase> = {}): StoredCase {
  return {
    id,
    workflow: 'online-quote',
    workflowVersion: 1,
    release: '1.0',
    reference: `Q-2027-${id}`,
    title: `Quote ${id}`,
    team: 'operations',
    starter: REP,
    status: 'active',
    states: ['evaluating/pricing', 'evaluating/stock'],
    snapshot: JSON.stringify({ format: 1, machine: { context: { note: 'ä \u0000 😀' } } }),
    version: 1,
    head: `hash-${id}-1`,
    createdAt: START,
    updatedAt: START,
    ...changes,
  };
}

function sampleEntry({ id, version, updatedAt }: StoredCase): AuditEntry {
  return {
    caseId: id,
    seq: version,
    at: updatedAt,
    kind: version === 1 ? 'started' : 'outcome',
    actor: REP,
    body: { kind: 'outcome', outcome: 'approve', form: { data: {}, own: { note: "it's" } } },
    snapshotDigest: `digest-${version}`,
    previous: version === 1 ? '' : `hash-${id}-${version - 1}`,
    hash: `hash-${id}-${version}`,
  };
}

/** What a test's step has beside its case; what it leaves out is empty. */
export type StepParts = Partial<{
  readonly tasks: Partial<Step['tasks']>;
  readonly jobs: Partial<Step['jobs']>;
  readonly incidents: Partial<Step['incidents']>;
}> &
  Partial<
    Pick<
      Step,
      | 'subscribe'
      | 'unsubscribe'
      | 'consume'
      | 'receive'
      | 'links'
      | 'submissions'
      | 'bulk'
      | 'queues'
      | 'files'
    >
  >;

export function sampleStep(its: StoredCase, parts: StepParts = {}): Step {
  const { tasks, jobs, incidents, ...rest } = parts;
  return {
    case: its,
    entry: sampleEntry(its),
    tasks: { open: [], change: [], ...tasks },
    jobs: { add: [], finish: [], stop: [], stopTimers: [], ...jobs },
    incidents: { open: [], resolve: [], ...incidents },
    subscribe: [],
    unsubscribe: [],
    consume: [],
    links: [],
    submissions: [],
    ...rest,
  };
}

export function sampleJob(id: string, caseId: string, changes: Partial<Job> = {}): Job {
  return {
    id,
    caseId,
    kind: 'call',
    visit: { state: 'pricing', visit: 1 },
    payload: { operation: 'prices.lookup', input: { sku: 'A-1', lines: [1, 2.5, null] } },
    runAt: START,
    ...changes,
  };
}

export function sampleTask(id: string, caseId: string, changes: Partial<Task> = {}): Task {
  return {
    id,
    caseId,
    state: 'review',
    visit: 1,
    kind: 'task',
    title: 'Review the quote',
    form: 'review',
    roles: ['sales-rep'],
    notBy: [],
    status: 'open',
    createdAt: START,
    ...changes,
  };
}
