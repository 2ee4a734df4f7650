/** The pages on which cases are changed by hand, one or many, as a host would fill them. */
import type { BulkOperation } from '../../engine/index.ts';
import { TEXT, listOf, plain } from '../../engine/kernel/types/make-type.ts';
import type { CaseField } from '../../server/desk/case-fields.ts';
import type { CaseColumn } from '../../server/desk/case-rows.ts';
import type { Page } from '../../server/views/page.ts';
import { caseFieldGroups } from '../../server/views/pages/case-field-view.ts';
import { changePage, reasonField } from '../../server/views/pages/change-page.ts';
import { effectItem, effectsPage } from '../../server/views/pages/effects-page.ts';
import { migratePage } from '../../server/views/pages/migrate-page.ts';
import type { OperationModel } from '../../server/views/pages/operation-page.ts';
import { operationPage } from '../../server/views/pages/operation-page.ts';
import { operationItem, operationsPage } from '../../server/views/pages/operations-page.ts';
import { showTime } from '../../server/views/texts/moment.ts';
import type { ViewMoment } from '../../server/views/texts/moment.ts';

/** The pages by their names. */
export function operationPages(moment: ViewMoment): Readonly<Record<string, Page>> {
  const prepared: BulkOperation = {
    id: '01JQ3ZV7W9KA',
    change: { kind: 'migrate', workflow: 'online-quote', to: 4, mapping: {} },
    selection: { kind: 'filter', filter: { workflow: 'online-quote', version: 3 } },
    status: 'prepared',
    actor: { kind: 'staff', id: 'u9', name: 'Olga Brandt' },
    reason: '',
    cursor: '',
    round: 1,
    createdAt: moment.now - 60_000,
    changedAt: moment.now - 30_000,
  };
  const running: BulkOperation = { ...prepared, status: 'running', reason: 'New limits' };
  const suspended: BulkOperation = { ...running, status: 'done', change: { kind: 'suspend' } };
  const counts = { ready: 1240, cannot: 3, done: 0, refused: 0 };
  const some = { ready: 1000, cannot: 3, done: 239, refused: 1 };
  const model: OperationModel = {
    operation: prepared,
    counts,
    would: [
      {
        count: 1240,
        from: 'At “Waiting for your answer”, version 3',
        text: 'It goes on version 4, it goes on at “Waiting for your answer”.',
      },
    ],
    cannot: [{ count: 3, text: '"rep-review" is not there in the other version.' }],
    cases: [
      {
        reference: 'Q-2027-17',
        href: '/cases/01JQ3ZV7W9K5',
        text: 'It goes on version 4, it goes on at “Waiting for your answer”.',
        result: 'Not changed yet',
      },
    ],
    nextHref: '/operations/01JQ3ZV7W9KA?after=x',
    mayGoOn: false,
    mayUndo: false,
    againHref: '/workflows/online-quote/migrate?to=4',
    reason: '',
  };
  const version = (value: string, name: string, label: string) => ({
    id: name,
    name,
    label,
    value,
    options: ['3', '4'].map((one) => ({ value: one, label: `Version ${one}` })),
  });
  return {
    operation: operationPage(model, moment),
    'operation-no-reason': operationPage({ ...model, error: 'Say why.' }, moment),
    'operation-running': operationPage({ ...model, operation: running, counts: some }, moment),
    'operation-done': operationPage(
      { ...model, operation: suspended, counts: some, mayUndo: true, mayGoOn: true },
      moment,
    ),
    effects: effectsPage({
      held: { takenAt: showTime(moment.now - 86_400_000, moment), released: ['pricing.lookup'] },
      waiting: [
        effectItem({ name: 'mail.send', count: 12, since: moment.now - 60_000 }, moment),
        effectItem({ name: 'timer', count: 3, since: moment.now - 60_000 }, moment),
      ],
    }),
    'effects-none': effectsPage({ waiting: [] }),
    operations: operationsPage({
      operations: [
        operationItem(running, some, moment),
        operationItem({ ...prepared, change: { kind: 'cancel' } }, counts, moment),
        operationItem({ ...suspended, status: 'stopped', problem: 'No disk' }, some, moment),
      ],
    }),
    'operations-none': operationsPage({ operations: [] }),
    migrate: migratePage({
      name: 'online-quote',
      title: 'Online quote',
      from: version('3', 'from', 'From version'),
      to: version('4', 'to', 'To version'),
      mapping: [
        {
          id: 'map-1',
          name: 'map:rep-review',
          label: 'Rep review (rep-review)',
          value: '',
          options: [{ value: 'checking', label: 'Checking (checking)' }],
        },
      ],
      hidden: [{ name: 'to', value: '4' }],
    }),
    'change-rows': changePage({
      ...CHANGE,
      heading: 'Change Q-2027-17',
      groups: caseFieldGroups('What it carries', FIELDS, new Map(), WRONG),
      fields: [reasonField('')],
    }),
    'change-many': changePage({
      ...CHANGE,
      heading: 'Change cases of Online quote',
      groups: [
        ...caseFieldGroups('What they carry', FIELDS.slice(0, 2), new Map(), new Map()),
        {
          title: 'What they carry no longer',
          fields: [],
          choices: [
            {
              ...{ id: 'empty', name: 'empty', label: 'Empty these', several: true },
              options: FIELDS.map(({ field, label }) => ({
                ...{ id: `empty-${field}`, value: field, label, chosen: field === 'lines' },
              })),
            },
          ],
        },
      ],
      fields: [],
    }),
  };
}

const CHANGE = {
  area: 'cases',
  ...{ backHref: '/cases', backText: 'Cases', consequences: [] },
  ...{ lead: 'You see what becomes of it before anything happens.', action: '/change' },
  button: 'Show what happens then',
} as const;

const LINES: readonly CaseColumn[] = [
  { name: 'sku', type: TEXT },
  { name: 'qty', type: plain('whole number') },
  { name: 'unitPrice', type: plain('decimal') },
];

const FIELDS: readonly CaseField[] = [
  { field: 'comment', label: 'Comment', type: TEXT, text: 'Two deliveries,\nplease' },
  { field: 'validUntil', label: 'Valid until', type: plain('date'), text: '2027-03-31' },
  {
    field: 'lines',
    label: 'Lines',
    type: listOf(TEXT),
    columns: LINES,
    text: JSON.stringify([
      { sku: 'A1', qty: 2, unitPrice: '40.00' },
      { sku: 'B2', qty: 'many' },
    ]),
  },
];

const WRONG = new Map([
  ['lines', 'The value must have fewer than 3 items.'],
  ['lines/1/qty', 'The value must be a whole number.'],
]);
