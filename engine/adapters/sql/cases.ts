import type { Cases, CommitResult } from '../../ports/cases.ts';
import type { Step, StoredCase } from '../../ports/step.ts';
import { createCommitSteps } from './commit-steps.ts';
import type { Database } from './database.ts';
import { createLookup } from './lookup.ts';
import { fromJson } from './json.ts';
import { readHistory } from './of-case.ts';
import { storedCase } from './tables/cases.ts';
import type { CaseColumns } from './tables/cases.ts';
import { storedLink } from './tables/links.ts';
import { storedSubmission } from './tables/submissions.ts';

/** How many unfinished cases run a version. */
type VersionColumns = Pick<CaseColumns, 'workflow' | 'workflow_version'> & {
  readonly cases: number | string;
};

export function createCases(database: Database): Cases {
  const { read } = database;
  const commitSteps = createCommitSteps(database);
  const takeNumbers = database.statement(
    'take_numbers',
    `insert into counters (name, value) values (?, ?)
      on conflict (name) do update set value = counters.value + excluded.value returning value`,
  );

  const casesById = createLookup(database, {
    table: 'cases',
    key: { id: 'text' },
    where: 'cases.id = v.id',
    read: storedCase,
  });
  const submissionsByKey = createLookup(database, {
    table: 'submissions',
    key: { key: 'text' },
    where: 'submissions.key = v.key',
    read: storedSubmission,
  });
  const linksByHash = createLookup(database, {
    table: 'links',
    key: { hash: 'text' },
    where: 'links.hash = v.hash',
    read: storedLink,
  });

  const submission: Cases['submission'] = async (key) => (await submissionsByKey({ key }))[0];

  const refused = async (kind: CommitResult['kind'], step: Step): Promise<CommitResult> => {
    if (kind !== 'duplicate') return { kind };
    const known = await Promise.all(step.submissions.map(({ key }) => submission(key)));
    const stored = known.find((one) => one !== undefined);
    return stored ? { kind, submission: stored } : { kind: 'stale' };
  };

  /**
   * Saves all steps in one transaction; where one of them cannot be saved, the halves, each for
   * itself: a few bad steps of many cost a few more transactions, and savepoints none.
   */
  const save = async (steps: readonly Step[]): Promise<readonly CommitResult[]> => {
    const [first, ...others] = steps;
    if (first === undefined) return [];
    const refusal = await commitSteps(steps);
    if (refusal === undefined) return steps.map(() => ({ kind: 'saved' }));
    if (others.length === 0) return [await refused(refusal, first)];
    const middle = Math.ceil(steps.length / 2);
    return [...(await save(steps.slice(0, middle))), ...(await save(steps.slice(middle)))];
  };

  return {
    load: async (id) => (await casesById({ id }))[0],
    commit: save,
    history: readHistory(read, 'events'),
    submission,
    link: async (hash) => (await linksByHash({ hash }))[0],
    // Written out, for a partial index is not found by a bound value.
    versionsInUse: async () => {
      const rows = await read<CaseColumns>('cases')
        .whereRaw(`status <> 'finished'`)
        .groupBy('workflow', 'workflow_version')
        .orderBy(['workflow', 'workflow_version'])
        .select('workflow', 'workflow_version')
        .count({ cases: '*' });
      return (rows as readonly VersionColumns[]).map((row) => ({
        workflow: row.workflow,
        version: row.workflow_version,
        cases: Number(row.cases),
      }));
    },
    running: async ({ workflow, version }, after, limit) => {
      const query = read<CaseColumns>('cases')
        .whereRaw(`status <> 'finished'`)
        .where({ workflow, workflow_version: version })
        .orderBy('id')
        .limit(limit)
        .select('id', 'reference', 'states', 'snapshot');
      const rows = await (after === undefined ? query : query.where('id', '>', after));
      return rows.map((row) => ({
        id: row.id,
        reference: row.reference,
        states: fromJson(row.states) as StoredCase['states'],
        snapshot: row.snapshot,
      }));
    },
    nextNumber: async (workflow, count = 1) => {
      const rows = await database.use((session) => session.all(takeNumbers, [workflow, count]));
      const [taken] = rows as readonly { value: number }[];
      return (taken?.value ?? count) - count + 1;
    },
  };
}
