import type { Actor, AuditEntry, Json } from '../../engine/index.ts';

export const CASE_ID = '01JQ3ZV7W9K5';

const NOON = Date.UTC(2027, 2, 1, 11, 20);
const SYSTEM: Actor = { kind: 'system', id: 'trellis', name: 'Trellis' };
const ROSA: Actor = { kind: 'staff', id: 'u1', name: 'Rosa Byrne' };
const OUTSIDE: Actor = { kind: 'public', id: 'public', name: 'Somebody from outside' };

const LINES: readonly (readonly [string, Actor, Json])[] = [
  ['started', OUTSIDE, {}],
  ['done', SYSTEM, { kind: 'done', state: 'matching', visit: 1, result: {} }],
  [
    'failed',
    SYSTEM,
    {
      kind: 'failed',
      state: 'evaluating/pricing/asking',
      visit: 1,
      error: { code: 'NO_PRICE', message: 'There is no price for S1.' },
    },
  ],
  ['incident', SYSTEM, { job: 'x', code: 'wrong-answer', message: '"id" is missing.' }],
  ['retried', ROSA, { job: 'x' }],
  ['claimed', ROSA, { task: `${CASE_ID}/evaluating/pricing/by-hand/1`, assignee: 'u1' }],
  ['released', ROSA, { task: `${CASE_ID}/evaluating/pricing/by-hand/1`, assignee: null }],
  [
    'outcome',
    ROSA,
    { kind: 'outcome', state: 'rep-review', visit: 1, outcome: 'approve', form: {} },
  ],
  ['timer', SYSTEM, { kind: 'timer', state: 'offered', visit: 1, timer: '0' }],
  [
    'message',
    SYSTEM,
    { kind: 'message', state: 'awaiting-confirmation', visit: 1, name: 'oms.orderConfirmed' },
  ],
  [
    'mailed',
    SYSTEM,
    {
      ...{ job: 'x', message: 'new-request', role: 'sales-manager' },
      people: [
        { id: 'u1', name: 'Rosa Byrne' },
        { id: 'u2', name: 'Tom Quinn', insteadOf: { id: 'u3', name: 'Una Walsh' } },
      ],
    },
  ],
  ['erased', ROSA, { act: 7, reason: 'Request 2027-14' }],
  ['undo', SYSTEM, { kind: 'undo', entry: 1 }],
  ['undone', SYSTEM, { kind: 'undone', entry: 0 }],
];

/** A history with an entry of every kind. */
export const HISTORY: readonly AuditEntry[] = LINES.map(([kind, actor, body], index) => ({
  caseId: CASE_ID,
  seq: index + 1,
  at: NOON + index * 5 * 60_000,
  kind,
  actor,
  body,
  snapshotDigest: '',
  previous: '',
  hash: '',
}));
