import type { AuditEntry, StoredCase } from '../../engine/ports/step.ts';
import { verifyCase } from '../../engine/runtime/verify.ts';
import type { Records } from './simulate.ts';

/** Looks through what a run left for promises that were not kept; answers each with its evidence. */
export async function brokenPromises(records: Records): Promise<readonly string[]> {
  const { store, catalogue, isDone } = records;
  const { rows } = await store.worklist.cases({}, undefined, 1_000);
  const broken = [
    ...(isDone ? [] : ['It never came to rest.']),
    ...answersOf(records),
    ...records.refusals,
    ...endsOf(records, rows),
    ...wishesOf(records, rows),
    ...effectsOf(records, rows),
  ];
  for (const { id, reference, workflow } of rows) {
    const history = await store.cases.history(id);
    const found = await verifyCase({ store, catalogue }, id);
    const name = `${workflow} ${reference}`;
    broken.push(
      ...(found === undefined ? [] : [`${name}: ${found.kind} ${found.message}`]),
      ...(await store.incidents.ofCase(id)).map(({ code }) => `${name}: incident ${code}`),
      ...timersOf(history).map((text) => `${name}: ${text}`),
    );
  }
  return broken;
}

/** The same wish has the same answer, whoever gives it. */
function answersOf({ acknowledged }: Records): readonly string[] {
  const answers = new Map<string, string>();
  return acknowledged.flatMap(({ wish, answer }) => {
    const text = JSON.stringify(answer);
    const before = answers.get(wish) ?? text;
    answers.set(wish, before);
    return before === text ? [] : [`“${wish}” was answered by ${before}, and then by ${text}.`];
  });
}

/** There are as many cases as people and messages wanted, and all have ended. */
function endsOf({ wishes, begins }: Records, rows: readonly Row[]): readonly string[] {
  const expected = {
    ...{ sample: wishes, helper: wishes, lonely: begins ? wishes : 0 },
    leaflet: 2 * (wishes - stoppedOf(rows)),
  };
  const miscounted = Object.entries(expected).flatMap(([workflow, count]) => {
    const found = rows.filter((row) => row.workflow === workflow).length;
    return found === count ? [] : [`There are ${found} cases of ${workflow}, not ${count}.`];
  });
  const stuck = rows.filter(({ status }) => status !== 'finished');
  return [...miscounted, ...stuck.map(({ id, workflow }) => `The ${workflow} ${id} is stuck.`)];
}

/** What somebody was told has happened to the case that they were told of. */
function wishesOf({ acknowledged }: Records, rows: readonly Row[]): readonly string[] {
  const outcomes = new Map(rows.map(({ id, outcome }) => [id, outcome]));
  return acknowledged.flatMap(({ wish, answer }) => {
    const { caseId } = answer;
    if (caseId === undefined) return [];
    if (!outcomes.has(caseId)) return [`“${wish}” was answered, and there is no ${caseId}.`];
    const wanted = { stop: 'stopped', done: 'completed' }[wish.split(' ')[0] ?? ''];
    const outcome = outcomes.get(caseId);
    const isKept = wanted === undefined || wanted === outcome;
    return isKept ? [] : [`“${wish}” was answered, and came to ${outcome ?? 'nothing'}.`];
  });
}

/** Every effect has reached the other side, each under one key however often it was tried. */
function effectsOf({ connectors, wishes }: Records, rows: readonly Row[]): readonly string[] {
  const stopped = stoppedOf(rows);
  const expected = {
    'depot.take': 2 * wishes + 2 * (wishes - stopped),
    'depot.give': 2 * stopped,
    'depot.pack': wishes - stopped,
    'mail.send': wishes,
  };
  return Object.entries(expected).flatMap(([name, count]) => {
    const calls = connectors.calls.filter(({ operation }) => operation === name);
    const keys = new Set(calls.map(({ idempotencyKey }) => idempotencyKey));
    return keys.size === count ? [] : [`${name} had ${keys.size} effects, not ${count}.`];
  });
}

/** No timer fires early by the clock of its host, and none twice. */
function timersOf(history: readonly AuditEntry[]): readonly string[] {
  const fired = new Set<string>();
  return history.flatMap(({ kind, at, seq, body }) => {
    if (kind !== 'timer') return [];
    const event = body as unknown as TimerEvent;
    const name = `${event.state}/${event.visit}/${event.timer}`;
    const broken = [
      ...(at < event.at ? [`the timer ${name} fired ${event.at - at} ms early (${seq})`] : []),
      ...(fired.has(name) ? [`the timer ${name} fired twice (${seq})`] : []),
    ];
    fired.add(name);
    return broken;
  });
}

function stoppedOf(rows: readonly Row[]): number {
  return rows.filter(({ outcome }) => outcome === 'stopped').length;
}

type Row = Omit<StoredCase, 'snapshot'>;

interface TimerEvent {
  readonly state: string;
  readonly visit: number;
  readonly timer: string;
  readonly at: number;
}
