import type { CheckedCase } from './checked-case.ts';
import type { Records, Stored } from '../records.ts';
import type { Broken } from './broken.ts';
import { grouped } from './grouped.ts';

/** What each place of a case must have beside it, so that it goes on. */
interface Beside {
  readonly jobs: ReadonlyMap<string, readonly string[]>;
  readonly incidents: ReadonlySet<string>;
  readonly subscriptions: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
}

/** Each case is as its history says, has all that its steps wrote, and goes on or has ended. */
export function brokenCases(
  { stored, span }: Pick<Records, 'stored' | 'span'>,
  cases: readonly CheckedCase[],
): readonly Broken[] {
  const beside = besideOf(stored);
  return [
    ...stored.disagreements.map(({ caseId, message }) => {
      return { promise: 2, about: `case ${caseId}`, evidence: message };
    }),
    ...cases.flatMap((one) => [...checkCase(one, beside), ...checkTimes(one, span)]),
  ];
}

/** Nothing happened before the run or after it, whatever the clock of a host said. */
function checkTimes({ row, events }: CheckedCase, span: Records['span']): readonly Broken[] {
  return events
    .filter(({ at }) => at < span.from || at > span.until)
    .map(({ seq, at }) => ({
      promise: 6,
      about: `case ${row.reference} (${row.id})`,
      evidence: `entry ${seq} is of ${new Date(at).toISOString()}, which lies outside of the run`,
    }));
}

function besideOf({ jobs, incidents, subscriptions, tasks }: Stored): Beside {
  const byCase = grouped(jobs, ({ case_id }) => case_id);
  return {
    jobs: new Map([...byCase].map(([id, all]) => [id, all.map(({ kind }) => kind)])),
    incidents: new Set(incidents.map(({ case_id }) => case_id)),
    subscriptions: new Set(subscriptions.map(({ case_id }) => case_id)),
    tasks: new Set(tasks.filter(({ status }) => status !== 'done').map(({ case_id }) => case_id)),
  };
}

function checkCase(one: CheckedCase, beside: Beside): readonly Broken[] {
  const { row, events, followed } = one;
  const about = `case ${row.reference} (${row.id})`;
  const found = followed.faults.map(({ promise, message }): Broken => {
    return { promise, about, evidence: message };
  });
  const say = (promise: number, evidence: string): void => {
    found.push({ promise, about, evidence });
  };
  if (row.version !== events.length) {
    say(2, `it is at version ${row.version} and has ${events.length} entries`);
  }
  const places = (JSON.parse(row.states) as readonly string[]).join(', ');
  if (places !== followed.place) say(2, `it is in ${places}; its events lead to ${followed.place}`);
  const begun = JSON.parse(events[0]?.body ?? '{}') as { readonly version?: number };
  if (begun.version !== row.workflow_version) {
    say(5, `it began on version ${begun.version ?? 0} and is on ${row.workflow_version}`);
  }
  const isOver = followed.place === 'delivered';
  if (isOver !== (row.status === 'finished')) say(2, `in ${places} it is ${row.status}`);
  const lacking = isOver ? undefined : lack(one, beside);
  if (lacking !== undefined) say(7, `in ${followed.place} it has no ${lacking}`);
  return found;
}

/** What a case lacks to go on from where it is. */
function lack({ row: { id }, followed }: CheckedCase, beside: Beside): string | undefined {
  if (beside.incidents.has(id)) return undefined;
  const kinds = beside.jobs.get(id) ?? [];
  switch (followed.place) {
    case 'riding':
      return beside.subscriptions.has(id) ? undefined : 'subscription';
    case 'resting':
      return kinds.includes('timer') ? undefined : 'timer';
    case 'sorting':
      return beside.tasks.has(id) ? undefined : 'open task';
    default:
      return kinds.includes('call') ? undefined : 'call';
  }
}
