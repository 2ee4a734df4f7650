import type { Json } from '../../engine/kernel/json.ts';
import type { Acknowledged, Called, EventRow, Records } from './records.ts';
import { REST } from './workspace.ts';

/** The slip of the one case. */
const SLIP = 'S-1';
const CASE = 'c-1';
/** When it began. */
const START = 1_000_000;

type Entry = readonly [kind: string, at: number, body: Json];

const RESTED = 5_000;

/** The history of a case that had one mark, rested twice and came to its end. */
const HISTORY: readonly Entry[] = [
  ['started', 0, { version: 1, beginning: { kind: 'api', input: { parcel: { slip: SLIP } } } }],
  ['done', 10, { kind: 'done', state: 'booking', visit: 1, result: { number: 'c-1/1/0' } }],
  ['message', 20, { kind: 'message', state: 'riding', visit: 1, name: 'carrier.delivered' }],
  ['press', 30, { kind: 'press', state: 'resting', visit: 1, button: 'again' }],
  [
    'press',
    40,
    { kind: 'press', state: '', visit: 1, button: 'mark', form: { own: { note: 'k-mark' } } },
  ],
  [
    'timer',
    RESTED,
    { kind: 'timer', state: 'resting', visit: 2, timer: 'a', at: START + 30 + REST },
  ],
  ['claimed', RESTED + 10, { task: 'c-1/sorting/1' }],
  ['outcome', RESTED + 20, { kind: 'outcome', state: 'sorting', visit: 1, outcome: 'sorted' }],
  [
    'done',
    RESTED + 30,
    { kind: 'done', state: 'billing', visit: 1, result: { number: 'c-1/8/0' } },
  ],
  [
    'done',
    RESTED + 40,
    { kind: 'done', state: 'stamping', visit: 1, result: { number: 'c-1/9/0' } },
  ],
];

/** The entries of the history, as they are stored. */
export function sampleEvents(entries: readonly Entry[] = HISTORY): readonly EventRow[] {
  return entries.map(([kind, at, body], index) => {
    return { case_id: CASE, seq: index + 1, at: START + at, kind, body: JSON.stringify(body) };
  });
}

function acknowledged(
  kind: Acknowledged['kind'],
  key: string,
  answer: Json,
  status = 200,
): Acknowledged {
  return { kind, key, slip: SLIP, status, answer, at: START };
}

function called(operation: Called['operation'], key: string): Called {
  return { operation, key, slip: SLIP, at: START, answer: 'done' };
}

/** The records of a run in which one case came to its end and nothing was broken. */
export const SOUND: Records = {
  acknowledged: [
    acknowledged('start', 'k-start', { id: CASE, reference: 'P-1' }, 201),
    acknowledged('reuse', 'k-start', {}, 409),
    acknowledged('message', 'carrier/m-1', {}, 202),
    acknowledged('again', 'k-again', { id: CASE }),
    acknowledged('mark', 'k-mark', { id: CASE }),
    acknowledged('task', 'c-1/sorting/1', null, 303),
  ],
  called: [called('book', 'c-1/1/0'), called('bill', 'c-1/8/0'), called('stamp', 'c-1/9/0')],
  stored: {
    cases: [
      {
        ...{ id: CASE, workflow: 'parcel', reference: 'P-1', workflow_version: 1, release: '1.1' },
        ...{ status: 'finished', states: '["delivered"]', version: HISTORY.length },
      },
    ],
    events: sampleEvents(),
    tasks: [{ id: 'c-1/sorting/1', case_id: CASE, status: 'done' }],
    jobs: [],
    subscriptions: [],
    messages: [{ id: 'carrier/m-1', key: SLIP, consumed: 1 }],
    submissions: [
      { key: 'k-start', answer: JSON.stringify({ caseId: CASE, reference: 'P-1' }) },
      { key: 'k-again', answer: '{}' },
      { key: 'k-mark', answer: '{}' },
    ],
    incidents: [],
    disagreements: [],
  },
  held: [
    { host: 'one', what: 'claimed', job: 'c-1/1/0', token: 1, at: START, until: START + 100 },
    { host: 'two', what: 'claimed', job: 'c-1/1/0', token: 2, at: START + 100, until: START + 200 },
    { host: 'two', what: 'finished', job: 'c-1/1/0', token: 2, at: START + 110, until: 0 },
  ],
  leftBehind: [],
  span: { from: START, until: START + 10_000 },
};

/** The same case before its end: after so many entries, in the place to which they lead. */
export function underWay(entries: number, place: string): Records {
  const { stored } = SOUND;
  const cases = stored.cases.map((row) => {
    return { ...row, version: entries, states: `["${place}"]`, status: 'active' };
  });
  const events = sampleEvents(HISTORY.slice(0, entries));
  return {
    ...SOUND,
    acknowledged: [],
    called: [],
    stored: { ...stored, cases, events, tasks: [] },
  };
}

/** The history with one entry changed; `undefined` takes it out and leaves a gap. */
export function withEntry(
  seq: number,
  change: (body: Record<string, Json>, entry: EventRow) => Partial<EventRow> | undefined,
): readonly EventRow[] {
  return sampleEvents().flatMap((entry) => {
    if (entry.seq !== seq) return [entry];
    const changed = change(JSON.parse(entry.body) as Record<string, Json>, entry);
    return changed === undefined ? [] : [{ ...entry, ...changed }];
  });
}
