import { expect } from 'chai';
import { checkPromises } from './check-promises.ts';
import type { Called, Held, Records, Stored } from './records.ts';
import { SOUND, underWay, withEntry } from './sample-records.ts';

function stored(changes: Partial<Stored>): Records {
  return { ...SOUND, stored: { ...SOUND.stored, ...changes } };
}

function calls(change: (calls: readonly Called[]) => readonly Called[]): Records {
  return { ...SOUND, called: change(SOUND.called) };
}

function held(...more: readonly Held[]): Records {
  return { ...SOUND, held: [...SOUND.held, ...more] };
}

function answered(kind: string, changes: object): Records {
  const acknowledged = SOUND.acknowledged.map((one) =>
    one.kind === kind ? { ...one, ...changes } : one,
  );
  return { ...SOUND, acknowledged };
}

function casesWith(changes: object): Records {
  return stored({ cases: SOUND.stored.cases.map((row) => ({ ...row, ...changes })) });
}

/** The place of one case, and what it lacks there. */
const LACKING: readonly (readonly [entries: number, place: string, what: string])[] = [
  [1, 'booking', 'call'],
  [2, 'riding', 'subscription'],
  [3, 'resting', 'timer'],
  [6, 'sorting', 'open task'],
  [8, 'billing', 'call'],
  [9, 'stamping', 'call'],
];

/** Records in which one promise is broken, and what is said of it. */
const BROKEN: readonly (readonly [promise: number, text: string, records: Records])[] = [
  [1, 'there is no such case', stored({ cases: [], events: [] })],
  [1, 'not kept', stored({ messages: [] })],
  [
    1,
    'the task is not done',
    stored({ tasks: [{ id: 'c-1/sorting/1', case_id: 'c-1', status: 'open' }] }),
  ],
  [1, 'not in the history', answered('mark', { key: 'k-other' })],
  [
    1,
    'its answer is not stored',
    stored({ submissions: SOUND.stored.submissions.filter(({ key }) => key !== 'k-again') }),
  ],
  [
    1,
    'the step that asks for it is not saved',
    calls((all) =>
      all.map((one) => (one.operation === 'book' ? { ...one, slip: 'S-9', key: 'c-9/1/0' } : one)),
    ),
  ],
  [2, 'entry 6 follows entry 4', stored({ events: withEntry(5, () => undefined) })],
  [2, 'has 9 entries', stored({ events: withEntry(5, () => undefined) })],
  [2, 'its events lead to delivered', casesWith({ states: '["stamping"]' })],
  [2, 'it is active', casesWith({ status: 'active' })],
  [2, 'another state', stored({ disagreements: [{ caseId: 'c-1', message: 'another state' }] })],
  [3, 'was never answered', calls((all) => all.filter(({ operation }) => operation !== 'book'))],
  [3, 'under 2 keys', calls((all) => [...all, { ...all[0], key: 'c-1/1/0/2' } as Called])],
  [3, 'once at most, and was called 2 times', calls((all) => [...all, ...all.slice(2)])],
  [3, 'it was made 2 times', calls((all) => [...all, ...all.slice(1, 2)])],
  [
    3,
    'the answer to another call',
    stored({
      events: withEntry(9, (body) => {
        return { body: JSON.stringify({ ...body, result: { number: 'c-1/9/0' } }) };
      }),
    }),
  ],
  [4, 'answered 200', answered('reuse', { status: 200 })],
  [4, 'P-2 was answered', answered('start', { answer: { id: 'c-1', reference: 'P-2' } })],
  [
    4,
    'the stored answer is {}',
    stored({
      submissions: [{ key: 'k-start', answer: '{}' }, ...SOUND.stored.submissions.slice(1)],
    }),
  ],
  [
    4,
    'done 2 times',
    stored({
      events: withEntry(4, (body) => {
        return {
          body: JSON.stringify({ ...body, button: 'mark', form: { own: { note: 'k-mark' } } }),
        };
      }),
    }),
  ],
  [
    4,
    'it began P-1 and P-2',
    stored({
      cases: [
        ...SOUND.stored.cases,
        ...SOUND.stored.cases.map((row) => ({ ...row, id: 'c-2', reference: 'P-2' })),
      ],
      events: [
        ...SOUND.stored.events,
        ...SOUND.stored.events.map((row) => ({ ...row, case_id: 'c-2' })),
      ],
    }),
  ],
  [
    1,
    'it began no case',
    {
      ...SOUND,
      acknowledged: SOUND.acknowledged.map((one) => ({ ...one, kind: 'sighting', status: 202 })),
    },
  ],
  [
    4,
    'it began 2 cases',
    stored({
      cases: ['s-1', 's-2'].flatMap((id) =>
        SOUND.stored.cases.map((row) => ({ ...row, id, workflow: 'sighting' })),
      ),
      events: ['s-1', 's-2'].flatMap((id) =>
        SOUND.stored.events.map((row) => ({ ...row, case_id: id })),
      ),
    }),
  ],
  [5, 'is on 2', casesWith({ workflow_version: 2 })],
  [
    6,
    '1 ms early',
    stored({
      events: withEntry(6, (body, { at }) => ({
        at: at - 5_000 + 1_029,
        body: JSON.stringify(body),
      })),
    }),
  ],
  [6, 'lies outside of the run', { ...SOUND, span: { ...SOUND.span, from: 1_000_001 } }],
  [6, 'lies outside of the run', { ...SOUND, span: { ...SOUND.span, until: 1_005_039 } }],
  [
    6,
    'resting, visit 1',
    stored({ events: withEntry(6, (body) => ({ body: JSON.stringify({ ...body, visit: 1 }) })) }),
  ],
  [
    8,
    'was taken in',
    stored({ events: withEntry(7, () => ({ ...SOUND.stored.events[1], seq: 7 })) }),
  ],
  [8, 'completed 2 times', held({ ...SOUND.held[2], at: 1_000_120 } as Held)],
  [8, 'the token 2 was given to', held({ ...SOUND.held[1], host: 'three' } as Held)],
  [
    8,
    'in the hands of two',
    held({ ...SOUND.held[1], host: 'three', token: 3, at: 1_000_150 } as Held),
  ],
  [
    8,
    'one completed it with token 1',
    {
      ...SOUND,
      held: [...SOUND.held.slice(0, 2), { ...SOUND.held[2], host: 'one', token: 1 } as Held],
    },
  ],
  [9, 'was edited', { ...SOUND, leftBehind: [{ kill: 3, message: 'Entry 2 was edited.' }] }],
];

describe('the check of the promises', () => {
  it('finds nothing in records in which nothing is broken', () => {
    expect(checkPromises(SOUND)).to.deep.equal([]);
  });

  it('finds a message that was taken and never heard', () => {
    const records = { ...underWay(2, 'riding'), acknowledged: SOUND.acknowledged.slice(2, 3) };
    const found = checkPromises(records).filter(({ promise }) => promise === 1);
    expect(found.map(({ evidence }) => evidence)).to.deep.equal([
      'taken out of what is kept, and its case has not heard it',
    ]);
  });

  for (const [promise, text, records] of BROKEN) {
    it(`finds promise ${promise} broken: ${text}`, () => {
      const found = checkPromises(records).filter(
        (one) => one.promise === promise && one.evidence.includes(text),
      );
      expect(found, JSON.stringify(checkPromises(records))).to.have.length.greaterThan(0);
    });
  }

  for (const [entries, place, what] of LACKING) {
    it(`finds promise 7 broken by a case that is stuck in ${place}`, () => {
      const stuck = underWay(entries, place);
      const found = checkPromises(stuck).filter(({ promise }) => promise === 7);
      expect(found.map(({ evidence }) => evidence)).to.deep.equal([
        `in ${place} it has no ${what}`,
      ]);
      const incidents = [{ case_id: 'c-1', code: 'unsure' }];
      const looked = { ...stuck, stored: { ...stuck.stored, incidents } };
      expect(checkPromises(looked).filter((one) => one.promise === 7)).to.deep.equal([]);
    });
  }
});
