/** Every page of the product, as a host would fill it, so that it can be looked at without one. */
import type { CaseRow, Incident, PublishedWorkflow, TaskRow } from '../../engine/index.ts';
import { createFaults } from '../../server/demo/faults.ts';
import { TrustedHtml } from '../../server/views/html.ts';
import type { Frame, Page } from '../../server/views/page.ts';
import type { RowView } from '../../server/views/forms/form-view.ts';
import {
  caseChanges,
  caseIncident,
  casePage,
  caseTaskItem,
  caseTimerItem,
} from '../../server/views/pages/case-page.ts';
import { caseItem, casesPage } from '../../server/views/pages/cases-page.ts';
import { confirmationPage } from '../../server/views/pages/confirmation-page.ts';
import { changePage, reasonField } from '../../server/views/pages/change-page.ts';
import { conflictPage } from '../../server/views/pages/conflict-page.ts';
import { demoFaultsPage } from '../../server/views/pages/demo-faults-page.ts';
import { demoMailPage, demoMailsPage } from '../../server/views/pages/demo-mails-page.ts';
import type { DiagramView } from '../../server/views/pages/diagram-view.ts';
import { errorPage } from '../../server/views/pages/error-page.ts';
import type { ErrorStatus } from '../../server/views/pages/error-page.ts';
import { formPage } from '../../server/views/pages/form-page.ts';
import { homePage } from '../../server/views/pages/home-page.ts';
import { inboxItem, inboxPage } from '../../server/views/pages/inbox-page.ts';
import {
  causeItem,
  incidentItem,
  incidentsPage,
  messageItem,
} from '../../server/views/pages/incidents-page.ts';
import { peoplePage, personItem } from '../../server/views/pages/people-page.ts';
import { queueView } from '../../server/views/pages/queue-view.ts';
import { savedPage } from '../../server/views/pages/saved-page.ts';
import { signInPage } from '../../server/views/pages/sign-in-page.ts';
import { statusPage } from '../../server/views/pages/status-page.ts';
import type { TaskModel } from '../../server/views/pages/task-page.ts';
import { taskPage } from '../../server/views/pages/task-page.ts';
import { sourceFiles, workflowPage } from '../../server/views/pages/workflow-page.ts';
import { workflowItem, workflowsPage } from '../../server/views/pages/workflows-page.ts';
import { paths } from '../../server/views/paths.ts';
import { dueView } from '../../server/views/texts/due.ts';
import { historyLine } from '../../server/views/texts/history-line.ts';
import type { ViewMoment } from '../../server/views/texts/moment.ts';
import { showTime } from '../../server/views/texts/moment.ts';
import { namesOf } from '../../server/views/texts/names.ts';
import { caseTag, taskTag } from '../../server/views/texts/tag.ts';
import { onlineQuote } from '../kernel/fixtures/online-quote.ts';
import { operationPages } from './operation-pages.ts';
import { CASE_ID, HISTORY } from './case-history.ts';
import { QuoteForm, quoteWorkflow } from './quote-forms.ts';

const LISTS = ['mine', 'team', 'overdue', 'done', 'managed'] as const;

export interface PageFixture {
  readonly name: string;
  readonly page: Page;
  readonly frame: Omit<Frame, 'assets'>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2027, 2, 1, 14, 20);
const COMPANY = 'Meridian Components';

export const MOMENT: ViewMoment = { now: NOW, timeZone: 'Europe/Dublin' };

const OUTSIDE: PageFixture['frame'] = { company: COMPANY, areas: [], demo: true };

const STAFF: PageFixture['frame'] = {
  company: COMPANY,
  person: { name: 'Rosa Byrne' },
  areas: ['home', 'inbox', 'cases', 'workflows', 'incidents', 'demo-mails', 'demo-faults'],
  demo: true,
};

const names = namesOf(quoteWorkflow);

const undated: TaskRow = {
  id: `${CASE_ID}/rep-review/1`,
  caseId: CASE_ID,
  state: 'rep-review',
  visit: 1,
  kind: 'task',
  title: 'Check Q-2027-17 for Bo BV',
  form: 'review',
  roles: ['sales-rep'],
  notBy: [],
  status: 'open',
  createdAt: NOW - 2 * HOUR,
  reference: 'Q-2027-17',
  workflow: 'online-quote',
  caseTitle: 'Online quote',
};

const task: TaskRow = { ...undated, due: NOW + 6 * HOUR };

const TASKS: readonly TaskRow[] = [
  {
    ...task,
    id: 'c2/rep-review/1',
    title: 'Check Q-2027-12 for Cleo Machines GmbH',
    reference: 'Q-2027-12',
    due: NOW - 26 * HOUR,
    createdAt: NOW - 3 * DAY,
  },
  {
    ...task,
    id: 'c3/evaluating/pricing/by-hand/1',
    title: 'By hand',
    reference: 'Q-2027-15',
    due: NOW + 2 * HOUR,
    createdAt: NOW - DAY,
  },
  task,
  { ...undated, id: 'c4/order-desk/1', title: 'Order desk', reference: 'Q-2027-9' },
];

const row: CaseRow = {
  id: CASE_ID,
  workflow: 'online-quote',
  workflowVersion: 3,
  release: '1.2',
  reference: 'Q-2027-17',
  title: 'Online quote',
  team: 'operations',
  starter: { kind: 'public', id: 'public', name: 'Somebody from outside' },
  status: 'active',
  states: ['rep-review'],
  version: 7,
  head: '',
  createdAt: NOW - 3 * HOUR,
  updatedAt: NOW - 2 * HOUR,
};

const CASES: readonly CaseRow[] = [
  row,
  {
    ...row,
    id: 'c2',
    reference: 'Q-2027-16',
    states: ['evaluating/pricing/by-hand', 'evaluating/stock/work'],
    starter: { kind: 'staff', id: 'u1', name: 'Rosa Byrne' },
    due: NOW - 3 * DAY,
  },
  {
    ...row,
    id: 'c3',
    reference: 'Q-2027-15',
    status: 'undoing',
    states: ['offered'],
    updatedAt: NOW - DAY,
  },
  {
    ...row,
    id: 'c4',
    reference: 'Q-2027-14',
    status: 'finished',
    outcome: 'completed',
    states: ['ordered'],
    updatedAt: NOW - 2 * DAY,
  },
  {
    ...row,
    id: 'c5',
    reference: 'Q-2026-961',
    status: 'finished',
    outcome: 'expired',
    states: ['expired'],
    updatedAt: NOW - 70 * DAY,
  },
];

const incident: Incident = {
  id: `${CASE_ID}/3/1`,
  caseId: CASE_ID,
  state: 'evaluating/stock/work',
  visit: 1,
  job: {
    id: `${CASE_ID}/3/1`,
    caseId: CASE_ID,
    kind: 'call',
    visit: { state: 'evaluating/stock/work', visit: 1 },
    payload: { operation: 'oms.reserveStock' },
    runAt: NOW,
  },
  cause: 'oms.reserveStock wrong-answer',
  code: 'wrong-answer',
  message:
    'oms.reserveStock answered something of another shape: "id" is missing. Ask whoever runs order management, then try again.',
  openedAt: NOW - 40 * 60_000,
};

const PLACE = {
  states: ['evaluating/stock/work'],
  visits: { 'evaluating/stock/work': 1 },
} as const;

const published: PublishedWorkflow = {
  name: 'online-quote',
  version: 3,
  digest: '',
  release: '1.2',
  source: onlineQuote,
  pins: {},
  publishedAt: NOW - 9 * DAY,
};

const diagram: DiagramView = {
  picture: new TrustedHtml(
    '<svg role="img" aria-label="Online quote" viewBox="0 0 640 80" width="640" height="80"><g fill="none" stroke="currentColor"><rect x="2" y="16" width="140" height="44" rx="6"/><rect x="240" y="16" width="140" height="44" rx="6"/><path d="M142 38h98"/></g></svg>',
  ),
  rows: [
    { state: 'Matching', kind: 'Calls oms.findCustomer', leadsTo: ['Evaluating'] },
    {
      state: 'Rep review',
      kind: 'Task for sales reps',
      leadsTo: ['approve → Waiting for your answer', 'reject → Declined'],
      mark: 'now',
    },
    { state: 'Declined', kind: 'End', leadsTo: [] },
  ],
};

const DATA: readonly RowView[] = [
  { label: 'Company name', spoken: 'company name', lines: ['Bo BV'] },
  { label: 'Email address', spoken: 'email address', lines: ['b@bo.example'] },
  {
    label: 'Lines',
    spoken: 'lines',
    lines: [],
    table: {
      caption: 'Lines',
      head: [
        { text: 'Article number', numeric: false },
        { text: 'Quantity', numeric: true },
        { text: 'Price for one', numeric: true },
      ],
      rows: [
        [
          { text: 'A1', numeric: false },
          { text: '900', numeric: true },
          { text: '36.00', numeric: true },
        ],
        [
          { text: 'B2', numeric: false },
          { text: '40', numeric: true },
          { text: '31.45', numeric: true },
        ],
      ],
    },
  },
  { label: 'Net total', spoken: 'net total', lines: ['33,658.00'] },
  { label: 'Valid until', spoken: 'valid until', lines: ['15 March 2027'] },
];

const taskModel: Omit<TaskModel, 'turn'> = {
  title: task.title,
  reference: task.reference,
  caseHref: paths.case(CASE_ID),
  workflow: 'Online quote',
  tag: taskTag(task),
  due: dueView(NOW + 6 * HOUR, MOMENT),
  forWhom: 'Sales rep',
  since: showTime(task.createdAt, MOMENT),
};

const request = () =>
  new QuoteForm('request', 'customer').send('page-1', {
    '/customer/legalName': 'Bo BV',
    '/customer/contactEmail': 'b@bo.example',
  });

const withLines = () =>
  request()
    .send('list-1-entry-1', { '/lines/0/sku': 'A1', '/lines/0/qty': '900' })
    .send('list-1-entry-2', { '/lines/1/sku': 'B2', '/lines/1/qty': '40' });

const MAIL = {
  id: '2',
  at: NOW - HOUR,
  from: 'quotes@meridian.example',
  to: ['b@bo.example'],
  subject: 'Your quote Q-2027-17',
  text: 'Dear Bo BV,\n\nyour quote Q-2027-17 is ready: 33,658.00 EUR, valid until 15 March 2027.\n\nPlease answer here: http://127.0.0.1:8080/links/k3JmZ0x1TnhQeHZ2c2x5d2pxYjY2Zw.\n\nKind regards\nMeridian Components',
};

const staffPage = (name: string, page: Page): PageFixture => ({ name, page, frame: STAFF });
const outsidePage = (name: string, page: Page): PageFixture => ({ name, page, frame: OUTSIDE });

const STATUSES: readonly ErrorStatus[] = [400, 403, 404, 409, 410, 413, 422, 429, 500, 503];

export const PAGE_FIXTURES: readonly PageFixture[] = [
  {
    name: 'home',
    page: homePage({
      company: COMPANY,
      starts: [
        { title: 'Get a price', workflow: 'Online quote', href: '/start/online-quote/online' },
      ],
    }),
    frame: { ...OUTSIDE, areas: ['home', 'demo-mails', 'demo-faults'] },
  },
  outsidePage('home-empty', homePage({ company: COMPANY, starts: [] })),
  staffPage(
    'home-staff',
    homePage({
      company: COMPANY,
      starts: [
        { title: 'Get a price', workflow: 'Online quote', href: '/start/online-quote/online' },
        {
          title: 'Get a price',
          workflow: 'Online quote, by phone',
          href: '/start/online-quote/by-phone',
          forWhom: 'Sales rep',
        },
      ],
      waiting: { mine: '2 tasks', team: '3 tasks', overdue: '1' },
    }),
  ),
  outsidePage('sign-in', signInPage({ company: COMPANY, email: '', demo: true })),
  outsidePage(
    'sign-in-wrong',
    signInPage({
      company: COMPANY,
      email: 'rosa@meridian.example',
      error: 'This email address and password do not belong together',
      returnTo: '/inbox',
      demo: false,
    }),
  ),
  staffPage(
    'inbox',
    inboxPage({
      lists: LISTS,
      away: false,
      list: 'mine',
      counts: { mine: '4', team: '3' },
      tasks: TASKS.map((each) => inboxItem(each, 'mine', MOMENT)),
      nextHref: '/inbox?after=x',
    }),
  ),
  staffPage(
    'inbox-team',
    inboxPage({
      lists: LISTS,
      away: false,
      list: 'team',
      counts: { mine: '4', team: '50+' },
      tasks: TASKS.map((each) => inboxItem(each, 'team', MOMENT)),
    }),
  ),
  staffPage(
    'inbox-away',
    inboxPage({
      lists: LISTS,
      away: false,
      list: 'mine',
      counts: { mine: '4', overdue: '1' },
      tasks: TASKS.map((each) => inboxItem(each, 'mine', MOMENT, 'Rita Rep')),
    }),
  ),
  staffPage(
    'people',
    peoplePage(
      [{}, { away: { from: '2027-03-01', until: '2027-03-14' } }, { leftAt: NOW - HOUR }].map(
        (more, index) => {
          const id = `u${index}`;
          const base = { id, name: `Ines Walsh ${index}`, email: `${id}@meridian.example` };
          const rest = { roles: ['sales-rep'], teams: [], password: '', createdAt: NOW };
          return personItem({ ...base, ...rest, ...more }, MOMENT);
        },
      ),
    ),
  ),
  staffPage(
    'inbox-done',
    inboxPage({
      lists: LISTS,
      away: false,
      list: 'done',
      counts: { mine: '4' },
      tasks: TASKS.map((each) =>
        inboxItem({ ...each, status: 'done', completedAt: NOW - HOUR }, 'done', MOMENT),
      ),
    }),
  ),
  staffPage(
    'inbox-empty',
    inboxPage({ lists: LISTS, away: false, list: 'mine', counts: {}, tasks: [] }),
  ),
  staffPage(
    'task-take',
    taskPage({
      ...taskModel,
      turn: { kind: 'take', claimHref: paths.claimTask(task.id), shown: DATA },
    }),
  ),
  staffPage(
    'task-work',
    taskPage({
      ...taskModel,
      tag: taskTag({ ...task, status: 'claimed' }),
      forWhom: 'You',
      turn: {
        kind: 'work',
        form: new QuoteForm('review', 'staff', ['approve', 'reject']).show(),
        release: { href: paths.releaseTask(task.id), text: 'Give it back to the team' },
      },
    }),
  ),
  staffPage(
    'task-look',
    taskPage({
      ...taskModel,
      due: dueView(NOW - 2 * DAY, MOMENT),
      turn: { kind: 'look', reason: 'Ines Walsh is working on it.', shown: DATA },
    }),
  ),
  staffPage(
    'conflict',
    conflictPage({
      task: task.title,
      reference: task.reference,
      caseHref: paths.case(CASE_ID),
      by: 'Ines Walsh',
      did: 'completed it',
      at: showTime(NOW - 60_000, MOMENT),
    }),
  ),
  staffPage('conflict-unknown', conflictPage({ task: task.title, reference: task.reference })),
  staffPage(
    'case',
    casePage({
      reference: 'Q-2027-17',
      title: 'Online quote',
      tag: caseTag(row),
      states: row.states.map((id) => names.state(id)),
      workflow: {
        label: 'Online quote, version 3',
        href: paths.workflowVersion('online-quote', 3),
      },
      starter: 'Somebody from outside',
      started: showTime(row.createdAt, MOMENT),
      changed: showTime(row.updatedAt, MOMENT),
      incidents: [caseIncident(incident, names.state('evaluating/stock/work'), PLACE, MOMENT)],
      tasks: [
        caseTaskItem(task, 'Sales rep', true, MOMENT),
        caseTaskItem(
          { ...task, title: 'By hand', status: 'done', completedAt: NOW - HOUR },
          'Ines Walsh',
          false,
          MOMENT,
        ),
      ],
      timers: [
        caseTimerItem(
          CASE_ID,
          { state: 'offered', visit: 1, timer: '1', at: NOW + 30 * HOUR, standsStill: false },
          { title: 'After 14 days: “Expired”', state: 'Waiting for your answer' },
          true,
          MOMENT,
        ),
        caseTimerItem(
          CASE_ID,
          { state: 'offered', visit: 1, timer: '2', standsStill: true },
          { title: 'After 16 hours', state: 'Waiting for your answer' },
          true,
          MOMENT,
        ),
      ],
      queues: [
        queueView(
          {
            ...{ caseId: CASE_ID, state: 'offered', visit: 1, queue: 'online-quote/lab' },
            ...{ most: 2, since: NOW - 2 * HOUR, admitted: false, ahead: 1 },
          },
          'Waiting for your answer',
          'lab',
          [
            {
              reference: 'Q-2027-15',
              admitted: true,
              since: showTime(NOW - DAY, MOMENT),
              href: paths.case('c-15'),
            },
            { reference: 'Another case', admitted: false, since: showTime(NOW - 3 * HOUR, MOMENT) },
          ],
          3,
          MOMENT,
        ),
      ],
      diagram,
      data: DATA,
      buttons: [{ label: 'Correct it', href: paths.pressButton(CASE_ID, 'correct') }],
      changes: caseChanges(row),
      commentHref: paths.commentOn(CASE_ID),
      history: HISTORY.map((entry) => historyLine(entry, names, MOMENT)).reverse(),
    }),
  ),
  staffPage(
    'case-finished',
    casePage({
      reference: 'core-4',
      title: 'Create an order',
      tag: { text: 'Completed', tone: 'green' },
      states: [],
      workflow: {
        label: 'Create an order, version 1',
        href: paths.workflowVersion('core/create-order', 1),
      },
      starter: 'Trellis',
      started: showTime(row.createdAt, MOMENT),
      changed: showTime(row.updatedAt, MOMENT),
      parent: { reference: 'Q-2027-17', href: paths.case(CASE_ID) },
      incidents: [],
      tasks: [],
      timers: [],
      queues: [],
      diagram,
      data: [],
      buttons: [],
      changes: caseChanges({ id: 'core-4', status: 'finished' }),
      commentHref: paths.commentOn(CASE_ID),
      history: [],
    }),
  ),
  staffPage(
    'change',
    changePage({
      area: 'cases',
      backHref: paths.case(CASE_ID),
      backText: 'Q-2027-17',
      heading: 'Call off Q-2027-17',
      lead: 'The case ends, and nothing of it goes on. This cannot be taken back.',
      consequences: ['The task of “Rep review” is closed.', 'The case ends as “Called off”.'],
      action: paths.changeCase(CASE_ID, 'cancel'),
      choices: [
        {
          id: 'way',
          name: 'way',
          label: 'What it has done up to now',
          options: [
            { id: 'way-undo', value: 'undo', label: 'Take it back', chosen: true },
            { id: 'way-plain', value: 'plain', label: 'Leave it as it is', chosen: false },
          ],
        },
      ],
      fields: [reasonField('', 'Say why.')],
      button: 'Call it off',
      warning: true,
    }),
  ),
  staffPage(
    'cases',
    casesPage({
      chosen: {},
      workflows: [{ name: 'online-quote', title: 'Online quote' }],
      cases: CASES.map((each) =>
        caseItem(
          each,
          each.states.map((id) => names.state(id)),
          MOMENT,
        ),
      ),
      nextHref: '/cases?after=x',
    }),
  ),
  staffPage(
    'cases-none',
    casesPage({
      chosen: { reference: 'Q-1999', status: 'finished' },
      workflows: [{ name: 'online-quote', title: 'Online quote' }],
      cases: [],
    }),
  ),
  staffPage(
    'workflows',
    workflowsPage({
      workflows: [workflowItem(published, 'Online quote', MOMENT)],
      processes: [
        workflowItem(
          { ...published, name: 'core/create-order', version: 1 },
          'Create an order',
          MOMENT,
        ),
      ],
      behind: [
        {
          title: 'Online quote',
          href: '/workflows/online-quote/upgrade',
          text: 'Release 1.2 changes what it uses; it stands on release 1.1.',
          due: dueView(MOMENT.now + 90_000_000, MOMENT),
        },
      ],
    }),
  ),
  staffPage(
    'workflow',
    workflowPage({
      name: 'online-quote',
      title: 'Online quote',
      team: 'Operations',
      version: 3,
      release: '1.2',
      published: showTime(published.publishedAt, MOMENT),
      reference: quoteWorkflow.reference,
      diagram,
      files: sourceFiles(onlineQuote),
      versions: [3, 2, 1].map((version) => ({
        version,
        release: '1.2',
        published: showTime(NOW - (12 - version) * DAY, MOMENT),
      })),
    }),
  ),
  ...Object.entries(operationPages(MOMENT)).map(([name, page]) => staffPage(name, page)),
  staffPage(
    'incidents',
    incidentsPage({
      messages: [
        messageItem(
          {
            message: {
              ...{ id: 'm1', name: 'oms.orderRejected', key: 'Q-2027-17', body: {} },
              ...{ receivedAt: NOW - DAY, expiresAt: NOW + DAY },
            },
            why: [{ workflow: 'order-desk', why: 'The value for "reason" must not be empty.' }],
          },
          MOMENT,
        ),
      ],
      causes: [
        causeItem(
          {
            cause: 'oms.reserveStock wrong-answer',
            count: 2,
            code: incident.code,
            message: incident.message,
            since: incident.openedAt,
          },
          MOMENT,
        ),
      ],
      incidents: [
        incidentItem(
          incident,
          { state: names.state('evaluating/stock/work'), reference: 'Q-2027-17', place: PLACE },
          MOMENT,
        ),
        incidentItem(
          {
            ...incident,
            id: 'c2/4/1',
            code: 'unreachable',
            message:
              'oms.createOrder could not be reached: the connection was refused, 5 times in 2 minutes.',
            job: { ...incident.job, payload: { operation: 'oms.createOrder' } },
          },
          { state: 'Ordering', reference: 'Q-2027-12', place: PLACE },
          MOMENT,
        ),
      ],
      notice: 'The work for Q-2027-16 runs again.',
    }),
  ),
  staffPage('incidents-none', incidentsPage({ causes: [], incidents: [] })),
  staffPage(
    'demo-mails',
    demoMailsPage([MAIL, { ...MAIL, id: '1', at: NOW - 3 * DAY, subject: '' }], MOMENT),
  ),
  staffPage('demo-mails-none', demoMailsPage([], MOMENT)),
  staffPage('demo-mail', demoMailPage(MAIL, MOMENT)),
  staffPage('demo-faults', demoFaultsPage({ operations: faultyOperations() })),
  outsidePage('form-page', formPage(new QuoteForm('request', 'customer').show())),
  outsidePage(
    'form-wrong',
    formPage(
      new QuoteForm('request', 'customer').wrong('page-1', {
        '/customer/legalName': '',
        '/customer/contactEmail': 'nobody',
      }),
    ),
  ),
  outsidePage('form-list', formPage(withLines().show('page-2'))),
  outsidePage('form-entry', formPage(request().show('list-1-entry-1'))),
  outsidePage('form-check', formPage(withLines().send('page-2', LINES_KEPT()).show())),
  outsidePage('form-answer', formPage(new QuoteForm('answer', 'customer').show())),
  outsidePage(
    'confirmation',
    confirmationPage({
      heading: 'Your request is with us',
      reference: 'Q-2027-17',
      next: ['We are working out your price. You will have a mail from us within one working day.'],
      links: [{ label: 'See where it stands', href: '/status' }],
    }),
  ),
  outsidePage(
    'saved',
    savedPage({
      form: 'Get a price',
      link: 'http://127.0.0.1:8080/resume/k3JmZ0x1TnhQeHZ2c2x5d2pxYjY2Zw',
      until: showTime(NOW + 14 * DAY, MOMENT),
    }),
  ),
  outsidePage(
    'status',
    statusPage({
      title: 'Online quote',
      reference: 'Q-2027-17',
      tag: { text: 'Your answer is needed', tone: 'yellow' },
      steps: [
        { title: 'Request received', stage: 'done', at: showTime(NOW - DAY, MOMENT) },
        {
          title: 'Quote sent',
          stage: 'current',
          at: showTime(NOW - HOUR, MOMENT),
          text: 'Valid until 15 March 2027',
        },
        { title: 'Order placed', stage: 'ahead' },
      ],
      next: 'Your quote is ready. Look at it and tell us whether you want to order.',
      answer: { label: 'See and answer the quote', href: '/answer' },
      buttons: [{ label: 'I do not need this any more', href: '/status/press/withdraw' }],
      sent: DATA.slice(0, 3),
    }),
  ),
  outsidePage(
    'status-finished',
    statusPage({
      title: 'Online quote',
      reference: 'Q-2027-14',
      tag: { text: 'Completed', tone: 'green' },
      steps: [
        { title: 'Request received', stage: 'done', at: showTime(NOW - DAY, MOMENT) },
        { title: 'Order placed', stage: 'done', at: showTime(NOW - HOUR, MOMENT) },
      ],
      next: 'Your order is confirmed. There is nothing more for you to do.',
      buttons: [],
      sent: [],
    }),
  ),
  ...STATUSES.map((status) =>
    outsidePage(
      `error-${status}`,
      errorPage({ status, ...(status === 500 ? { requestId: '01JQ3ZV7W9' } : {}) }),
    ),
  ),
];

function faultyOperations() {
  const faults = createFaults();
  faults.set('oms.createOrder', { kind: 'hang' });
  faults.set('oms.reserveStock', { kind: 'slow', ms: 500 });
  return faults.list();
}

function LINES_KEPT(): Readonly<Record<string, string>> {
  return { '/lines#n': '2', '/comment': 'Please deliver in one go.' };
}
