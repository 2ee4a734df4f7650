import { expect } from 'chai';
import { ACTIONS } from '../../engine/governance/authorize.ts';
import { createApp } from '../../server/app.ts';
import { allRoutes } from '../../server/routes/all-routes.ts';
import { ACTORS, visitorsOf } from './actors.ts';
import type { ActorName } from './actors.ts';
import { LARGE, SMALL, askForPrice, caseOf, linkIn, openTaskOf } from './quote-journey.ts';
import { storedBy } from './stored.ts';
import type { Answer, Visitor } from './visitor.ts';
import { useHost } from './with-host.ts';
import { proposeName } from './propose-name.ts';

/** Longer than any wait between two tries of an operation, in milliseconds. */
const LONGEST_WAIT = 60_000;

const EVERYBODY = ACTORS;
const STAFF: readonly ActorName[] = [
  ...(['staff', 'rep', 'keeper', 'operator', 'administrator', 'reviewer', 'privacy'] as const),
];
const KEEPER: readonly ActorName[] = ['keeper'];
const CORE: readonly ActorName[] = ['keeper', 'administrator'];
const INVOLVED: readonly ActorName[] = ['rep', 'operator', 'administrator'];
const OPERATORS: readonly ActorName[] = ['operator', 'administrator'];
const ADMINISTRATOR: readonly ActorName[] = ['administrator'];
const REP: readonly ActorName[] = ['rep'];
const CUSTOMER: readonly ActorName[] = ['customer'];
const NOBODY: readonly ActorName[] = [];

/** What the parameters of the routes stand for. */
interface Place {
  readonly asset: string;
  readonly link: string;
  readonly mail: string;
  readonly caseId: string;
  readonly task: string;
  readonly incident: string;
  readonly person: string;
  readonly operation: string;
  readonly proposal: string;
  readonly release: string;
  readonly draft: string;
  readonly apiDraft: string;
}

interface Expected {
  /** Who gets through. */
  readonly may: readonly ActorName[];
  /** (Default: the path of the route) */
  readonly path?: (place: Place) => string;
}

/** Every route, and who may use it. What stands in brackets tells two uses of one route apart. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'get /healthz': { may: EVERYBODY },
  'get /readyz': { may: EVERYBODY },
  'get /assets/:file': { may: EVERYBODY, path: ({ asset }) => asset },
  'get /schemas/workflow.json': { may: EVERYBODY },
  'post /webhooks/:connector/:message (unsigned)': {
    may: NOBODY,
    path: () => '/webhooks/oms/orderConfirmed',
  },
  // Programs alone, by their tokens: see test/server/api.test.ts.
  'post /api/workflows/:name/cases': {
    may: NOBODY,
    path: () => '/api/workflows/online-quote/cases',
  },
  'get /api/cases/:reference': { may: NOBODY, path: ({ caseId }) => `/api/cases/${caseId}` },
  'post /api/cases/:reference/events/:name': {
    may: NOBODY,
    path: ({ caseId }) => `/api/cases/${caseId}/events/cancel`,
  },
  // People, by their tokens and never by their sessions: see test/server/governance-api.test.ts
  // and test/server/publishing-api.test.ts.
  'get /api/core': { may: NOBODY },
  'get /api/core/releases': { may: NOBODY },
  'get /api/core/where-used': { may: NOBODY },
  'post /api/core/impact': { may: NOBODY },
  'get /api/core/proposals': { may: NOBODY },
  'post /api/core/proposals': { may: NOBODY },
  'get /api/core/proposals/:number': {
    may: NOBODY,
    path: ({ proposal }) => `/api/core${proposal.slice('/it'.length)}`,
  },
  'post /api/core/proposals/:number/approve': {
    may: NOBODY,
    path: ({ proposal }) => `/api/core${proposal.slice('/it'.length)}/approve`,
  },
  'post /api/core/proposals/:number/change': {
    may: NOBODY,
    path: ({ proposal }) => `/api/core${proposal.slice('/it'.length)}/change`,
  },
  'post /api/core/proposals/:number/end': {
    may: NOBODY,
    path: ({ proposal }) => `/api/core${proposal.slice('/it'.length)}/end`,
  },
  'get /api/workflows': { may: NOBODY },
  'get /api/workflows/:name': { may: NOBODY, path: () => '/api/workflows/online-quote' },
  'post /api/workflows/:name/drafts': {
    may: NOBODY,
    path: () => '/api/workflows/online-quote/drafts',
  },
  'get /api/workflows/:name/retire': {
    may: NOBODY,
    path: () => '/api/workflows/online-quote/retire',
  },
  'post /api/workflows/:name/retire': {
    may: NOBODY,
    path: () => '/api/workflows/online-quote/retire',
  },
  'post /api/workflows/:name/restore': {
    may: NOBODY,
    path: () => '/api/workflows/online-quote/restore',
  },
  'get /api/workflows/:name/versions/:version/roll-back': {
    may: NOBODY,
    path: () => '/api/workflows/online-quote/versions/1/roll-back',
  },
  'post /api/workflows/:name/versions/:version/roll-back': {
    may: NOBODY,
    path: () => '/api/workflows/online-quote/versions/1/roll-back',
  },
  'get /api/drafts': { may: NOBODY },
  'get /api/drafts/:id': { may: NOBODY, path: ({ apiDraft }) => apiDraft },
  'post /api/drafts/:id/send': { may: NOBODY, path: ({ apiDraft }) => `${apiDraft}/send` },
  'post /api/drafts/:id/withdraw': {
    may: NOBODY,
    path: ({ apiDraft }) => `${apiDraft}/withdraw`,
  },
  'post /api/drafts/:id/approve': {
    may: NOBODY,
    path: ({ apiDraft }) => `${apiDraft}/approve`,
  },
  'post /api/drafts/:id/reject': {
    may: NOBODY,
    path: ({ apiDraft }) => `${apiDraft}/reject`,
  },
  'get /api/grants': { may: NOBODY },
  'get /api/grants/:team/revoke': { may: NOBODY, path: () => '/api/grants/operations/revoke' },
  'post /api/grants/:team/revoke': { may: NOBODY, path: () => '/api/grants/operations/revoke' },
  'post /api/grants/:team/restore': { may: NOBODY, path: () => '/api/grants/operations/restore' },
  'get /api/audit/acts': { may: NOBODY },
  'get /': { may: EVERYBODY },
  'get /start/:workflow/:start (for all)': {
    may: EVERYBODY,
    path: () => '/start/online-quote/online',
  },
  'get /start/:workflow/:start (for a role)': {
    may: REP,
    path: () => '/start/online-quote/by-phone',
  },
  'post /start/:workflow/:start (for all)': {
    may: EVERYBODY,
    path: () => '/start/online-quote/online?step=page-1',
  },
  'post /start/:workflow/:start (for a role)': {
    may: REP,
    path: () => '/start/online-quote/by-phone?step=page-1',
  },
  'get /start/:workflow/:start/sent (for all)': {
    may: EVERYBODY,
    path: () => '/start/online-quote/online/sent',
  },
  'get /start/:workflow/:start/sent (for a role)': {
    may: REP,
    path: () => '/start/online-quote/by-phone/sent',
  },
  // Nobody has uploaded anything here; test/server/uploads.test.ts has somebody who did.
  'get /start/:workflow/:start/files/:file (not there)': {
    may: NOBODY,
    path: () => '/start/online-quote/online/files/none',
  },
  'get /resume/:secret': { may: EVERYBODY, path: () => '/resume/nobody-has-this' },
  'get /status': { may: CUSTOMER },
  'get /status/files/:file (not there)': { may: NOBODY, path: () => '/status/files/none' },
  'get /status/answer': { may: CUSTOMER },
  'post /status/answer': { may: CUSTOMER, path: () => '/status/answer?step=outcome' },
  'get /sign-in': { may: EVERYBODY },
  'post /sign-in': { may: EVERYBODY },
  'get /inbox': { may: STAFF },
  'get /inbox/team': { may: STAFF },
  'get /inbox/done': { may: STAFF },
  'get /inbox/overdue': { may: STAFF },
  'get /inbox/managed': { may: OPERATORS },
  'get /absence': { may: STAFF },
  'post /absence': { may: STAFF },
  'get /tasks/:id': { may: INVOLVED, path: ({ task }) => task },
  'get /tasks/:id/files/:file (not there)': {
    may: NOBODY,
    path: ({ task }) => `${task}/files/none`,
  },
  'get /tasks/:id/delegate': { may: NOBODY, path: ({ task }) => `${task}/delegate` },
  'post /tasks/:id/delegate': { may: NOBODY, path: ({ task }) => `${task}/delegate` },
  'get /tasks/:id/reassign': { may: OPERATORS, path: ({ task }) => `${task}/reassign` },
  'post /tasks/:id/reassign': { may: OPERATORS, path: ({ task }) => `${task}/reassign` },
  'post /tasks/:id/claim': { may: INVOLVED, path: ({ task }) => `${task}/claim` },
  'post /tasks/:id': { may: INVOLVED, path: ({ task }) => `${task}?step=page-1` },
  'post /tasks/:id/release': { may: INVOLVED, path: ({ task }) => `${task}/release` },
  'get /cases': { may: STAFF },
  'get /cases/:id': { may: INVOLVED, path: ({ caseId }) => `/cases/${caseId}` },
  'get /cases/:id/files/:file (not there)': {
    may: NOBODY,
    path: ({ caseId }) => `/cases/${caseId}/files/none`,
  },
  'get /cases/:id/comment': { may: INVOLVED, path: ({ caseId }) => `/cases/${caseId}/comment` },
  'post /cases/:id/comment': { may: INVOLVED, path: ({ caseId }) => `/cases/${caseId}/comment` },
  'get /cases/:id/change/:change': {
    may: OPERATORS,
    path: ({ caseId }) => `/cases/${caseId}/change/suspend`,
  },
  'post /cases/:id/change/:change': {
    may: OPERATORS,
    path: ({ caseId }) => `/cases/${caseId}/change/resume`,
  },
  // Who may is decided before it is looked whether it still runs.
  'get /cases/:id/timers/:timer': {
    may: INVOLVED,
    path: ({ caseId }) => `/cases/${caseId}/timers/0?in=offered&visit=1`,
  },
  'post /cases/:id/timers/:timer': {
    may: INVOLVED,
    path: ({ caseId }) => `/cases/${caseId}/timers/0?in=offered&visit=1`,
  },
  'get /cases/:id/modify': { may: OPERATORS, path: ({ caseId }) => `/cases/${caseId}/modify` },
  'post /cases/:id/modify': { may: OPERATORS, path: ({ caseId }) => `/cases/${caseId}/modify` },
  // No state of this workflow has a button; test/server/press.test.ts has one that does.
  'get /cases/:id/press/:button (not there)': {
    may: NOBODY,
    path: ({ caseId }) => `/cases/${caseId}/press/withdraw`,
  },
  'post /cases/:id/press/:button (not there)': {
    may: NOBODY,
    path: ({ caseId }) => `/cases/${caseId}/press/withdraw`,
  },
  'get /status/press/:button (not there)': { may: NOBODY, path: () => '/status/press/withdraw' },
  'post /status/press/:button (not there)': { may: NOBODY, path: () => '/status/press/withdraw' },
  'get /workflows': { may: STAFF },
  'post /workflows/check': { may: STAFF },
  'get /workflows/:name': { may: STAFF, path: () => '/workflows/online-quote' },
  'get /workflows/:name/versions/:version': {
    may: STAFF,
    path: () => '/workflows/online-quote/versions/1',
  },
  'get /workflows/:name/versions/:version/roll-back': {
    may: ['keeper', 'reviewer', 'privacy'],
    path: () => '/workflows/online-quote/versions/1/roll-back',
  },
  'post /workflows/:name/versions/:version/roll-back': {
    may: ['keeper', 'reviewer', 'privacy'],
    path: () => '/workflows/online-quote/versions/1/roll-back',
  },
  'get /workflows/:name/retire': { may: KEEPER, path: () => '/workflows/online-quote/retire' },
  'post /workflows/:name/retire': { may: KEEPER, path: () => '/workflows/online-quote/retire' },
  'get /workflows/:name/restore': { may: KEEPER, path: () => '/workflows/online-quote/restore' },
  'post /workflows/:name/restore': { may: KEEPER, path: () => '/workflows/online-quote/restore' },
  'get /workflows/:name/drafts': { may: STAFF, path: () => '/workflows/online-quote/drafts' },
  'get /workflows/:name/drafts/new': {
    may: KEEPER,
    path: () => '/workflows/online-quote/drafts/new',
  },
  'post /workflows/:name/drafts/new': {
    may: KEEPER,
    path: () => '/workflows/online-quote/drafts/new',
  },
  'get /reviews': { may: STAFF },
  'get /reviews/:id': { may: STAFF, path: ({ draft }) => draft },
  // Only whoever wrote it, and who is nobody here.
  'post /reviews/:id/send': { may: NOBODY, path: ({ draft }) => `${draft}/send` },
  'post /reviews/:id/withdraw': { may: NOBODY, path: ({ draft }) => `${draft}/withdraw` },
  'post /reviews/:id/decide': { may: KEEPER, path: ({ draft }) => `${draft}/decide` },
  'get /it/erasure': { may: ['privacy'] },
  'post /it/erasure': { may: ['privacy'] },
  'post /it/erasure/confirm': { may: ['privacy'] },
  'get /it/grants': { may: KEEPER },
  'get /it/grants/:team/revoke': { may: KEEPER, path: () => '/it/grants/operations/revoke' },
  'post /it/grants/:team/revoke': { may: KEEPER, path: () => '/it/grants/operations/revoke' },
  'get /it/grants/:team/restore': { may: KEEPER, path: () => '/it/grants/operations/restore' },
  'post /it/grants/:team/restore': { may: KEEPER, path: () => '/it/grants/operations/restore' },
  // The workflow stands on the release in force; test/browser/ways-forward.test.ts has one that does not.
  'get /workflows/:name/upgrade (not there)': {
    may: NOBODY,
    path: () => '/workflows/online-quote/upgrade',
  },
  'post /workflows/:name/upgrade (not there)': {
    may: NOBODY,
    path: () => '/workflows/online-quote/upgrade',
  },
  'get /workflows/:name/migrate': {
    may: OPERATORS,
    path: () => '/workflows/online-quote/migrate',
  },
  'post /workflows/:name/migrate': {
    may: OPERATORS,
    path: () => '/workflows/online-quote/migrate',
  },
  'get /operations': { may: OPERATORS },
  'post /operations': { may: OPERATORS },
  'post /operations/modify': { may: OPERATORS },
  'get /operations/:id': { may: OPERATORS, path: ({ operation }) => operation },
  'post /operations/:id/start': {
    may: OPERATORS,
    path: ({ operation }) => `${operation}/start`,
  },
  'post /operations/:id/stop': { may: OPERATORS, path: ({ operation }) => `${operation}/stop` },
  'post /operations/:id/continue': {
    may: OPERATORS,
    path: ({ operation }) => `${operation}/continue`,
  },
  'post /operations/:id/undo': { may: OPERATORS, path: ({ operation }) => `${operation}/undo` },
  'get /effects': { may: OPERATORS },
  'post /effects/release': { may: OPERATORS },
  'post /effects/refuse': { may: OPERATORS },
  'post /effects/end': { may: OPERATORS },
  'get /it/types': { may: CORE },
  'get /it/types/:type': { may: CORE, path: () => '/it/types/Quote' },
  'get /it/connectors': { may: CORE },
  'get /it/workflows': { may: CORE },
  'get /it/proposals': { may: CORE },
  'get /it/proposals/new': { may: KEEPER },
  'post /it/proposals/new': { may: KEEPER },
  'get /it/proposals/:number': { may: CORE, path: ({ proposal }) => proposal },
  // This proposal changes a name, and so no workflow; test/server/impact-drawn.test.ts has one that does.
  'get /it/proposals/:number/workflows/:name (not touched)': {
    may: NOBODY,
    path: ({ proposal }) => `${proposal}/workflows/online-quote`,
  },
  'get /it/proposals/:number/change': {
    may: KEEPER,
    path: ({ proposal }) => `${proposal}/change`,
  },
  'post /it/proposals/:number/change': {
    may: KEEPER,
    path: ({ proposal }) => `${proposal}/change`,
  },
  'get /it/proposals/:number/approve': {
    may: KEEPER,
    path: ({ proposal }) => `${proposal}/approve`,
  },
  'post /it/proposals/:number/approve': {
    may: KEEPER,
    path: ({ proposal }) => `${proposal}/approve`,
  },
  'get /it/proposals/:number/edits/:name': {
    may: CORE,
    path: ({ proposal }) => `${proposal}/edits/online-quote`,
  },
  'get /it/proposals/:number/end': { may: KEEPER, path: ({ proposal }) => `${proposal}/end` },
  'post /it/proposals/:number/end': { may: KEEPER, path: ({ proposal }) => `${proposal}/end` },
  'get /it/audit': { may: CORE },
  'get /it/audit/verify': { may: CORE },
  'post /it/audit/verify': { may: CORE },
  'get /it/releases': { may: CORE },
  'get /it/releases/:release': { may: CORE, path: ({ release }) => release },
  'get /it/key': { may: STAFF },
  'post /it/key': { may: STAFF },
  'get /people': { may: ADMINISTRATOR },
  'get /people/:id/leave': { may: ADMINISTRATOR, path: ({ person }) => `/people/${person}/leave` },
  'post /people/:id/leave': { may: ADMINISTRATOR, path: ({ person }) => `/people/${person}/leave` },
  'get /people/:id/return': {
    may: ADMINISTRATOR,
    path: ({ person }) => `/people/${person}/return`,
  },
  'post /people/:id/return': {
    may: ADMINISTRATOR,
    path: ({ person }) => `/people/${person}/return`,
  },
  'get /incidents': { may: OPERATORS },
  'post /incidents/causes/retry': { may: OPERATORS },
  'post /incidents/messages': { may: OPERATORS },
  'get /incidents/:id/skip': {
    may: OPERATORS,
    path: ({ incident }) => `/incidents/${incident}/skip`,
  },
  // Nobody skips a call here: its case waits for it.
  'post /incidents/:id/skip': {
    may: OPERATORS,
    path: ({ incident }) => `/incidents/${incident}/skip`,
  },
  'post /incidents/:id/retry': {
    may: OPERATORS,
    path: ({ incident }) => `/incidents/${incident}/retry`,
  },
  'get /demo/mails': { may: EVERYBODY },
  'get /demo/mails/:id': { may: EVERYBODY, path: ({ mail }) => `/demo/mails/${mail}` },
  'get /demo/faults': { may: EVERYBODY },
  'post /demo/faults': { may: EVERYBODY },
  // The last two, for whoever follows the link holds it, and signing out ends the sign-ins.
  'get /l/:token': { may: EVERYBODY, path: ({ link }) => link },
  'post /sign-out': { may: EVERYBODY },
};

describe('the routes of a host', () => {
  const running = useHost();
  let visitors: Readonly<Record<ActorName, Visitor>>;
  let offered: string;
  let operation: string;
  let draft: string;

  before('bring cases to where the routes lead', async function () {
    this.timeout(60_000);
    const { demo } = running();
    offered = await askForPrice(running(), SMALL);
    visitors = await visitorsOf(running(), offered);
    await askForPrice(running(), LARGE);
    // One for each who may retry it.
    demo.faults.set('oms.findCustomer', { kind: 'fail' });
    await askForPrice(running(), SMALL);
    await askForPrice(running(), SMALL);
    operation = await running().host.engine.bulk.prepare({
      change: { kind: 'suspend' },
      selection: { kind: 'cause', cause: 'none' },
      actor: { kind: 'system', id: 'test', name: 'Test' },
    });
    await proposeName(running());
    draft = await sentDraft(running());
    for (let tries = 0; tries < 5; tries++) await running().pass(LONGEST_WAIT);
    demo.faults.clear();
  });

  it('are those of the table, and no other is mounted', () => {
    const known = new Set(Object.keys(EXPECTED).map((key) => key.replace(/ \(.*/u, '')));
    const routes = allRoutes(running().site).map(({ method, path }) => `${method} ${path}`);
    const mounted = createApp(running().site).router.stack.flatMap(({ route }) =>
      route === undefined
        ? []
        : route.stack.slice(0, 1).map(({ method }) => `${method} ${route.path}`),
    );
    expect([...known]).to.have.members(routes);
    expect(mounted).to.have.members(routes);
  });

  it('all have an action that somebody decides about', () => {
    for (const { method, path, action } of allRoutes(running().site)) {
      expect(ACTIONS, `${method} ${path}`).to.include(action);
    }
  });

  for (const [key, { may, path }] of Object.entries(EXPECTED)) {
    const who = may.length === ACTORS.length ? 'everybody' : may.join(', ');
    it(`${key} lets through ${who === '' ? 'nobody' : who}`, async () => {
      const [method = '', template = ''] = key.split(' ');
      const before = await storedBy(running());
      const through: ActorName[] = [];
      for (const actor of ACTORS) {
        const address = path?.(await placeNow()) ?? template;
        const visitor = visitors[actor];
        const answer = await (method === 'get' ? visitor.get(address) : visitor.post(address));
        expect(answer.status, answer.text).to.be.lessThan(500);
        if (gotThrough(answer)) through.push(actor);
      }
      expect(through).to.deep.equal(may);
      await running().rest();
      if (method === 'get') expect(await storedBy(running())).to.deep.equal(before);
    }).timeout(30_000);
  }

  async function placeNow(): Promise<Place> {
    const { host, site, demo } = running();
    const { rows } = await host.store.worklist.cases({ workflow: 'online-quote' }, undefined, 100);
    const reviewed = rows.find(({ states }) => states.includes('rep-review'));
    const task = await openTaskOf(running(), reviewed?.reference ?? '');
    const [incident] = await host.store.incidents.list(undefined, 1);
    return {
      asset: site.assets.stylesheet,
      link: linkIn(running(), offered) ?? '',
      mail: demo.mails.list()[0]?.id ?? '',
      caseId: (await caseOf(running(), offered)).id,
      task: `/tasks/${encodeURIComponent(task.id)}`,
      incident: encodeURIComponent(incident?.id ?? ''),
      operation: `/operations/${operation}`,
      proposal: '/it/proposals/1',
      release: `/it/releases/${host.core.release}`,
      draft: `/reviews/${draft}`,
      apiDraft: `/api/drafts/${draft}`,
      person: (await host.store.accounts.byEmail('sam@meridian.example'))?.id ?? '',
    };
  }
});

/** The quote as it stands, sent for review by somebody else. */
async function sentDraft({ host }: ReturnType<ReturnType<typeof useHost>>): Promise<string> {
  const author = { kind: 'staff', id: 'somebody', name: 'Somebody' } as const;
  const { published } = await host.catalogue.newest('online-quote');
  const { id } = await host.publishing.begin(published.source, author);
  await host.publishing.reviews.send(id, author);
  return id;
}

/** Whoever is turned away is asked to sign in, forbidden, or told that there is nothing for them. */
function gotThrough({ status, location }: Answer): boolean {
  return ![401, 403, 404].includes(status) && !location.startsWith('/sign-in');
}
