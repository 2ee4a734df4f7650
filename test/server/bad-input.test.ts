import { expect } from 'chai';
import {
  LARGE,
  REQUEST,
  SMALL,
  aboutYou,
  askForPrice,
  follow,
  linkIn,
  mainText,
  openLink,
  openTaskOf,
  signedIn,
} from './quote-journey.ts';
import { tellHost } from './signed-message.ts';
import { storedBy } from './stored.ts';
import type { Answer, Fields, Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const FORM = 'application/x-www-form-urlencoded';
const TEN_MEGABYTES = 10 * 1024 * 1024;
const DEEP = '['.repeat(40_000) + ']'.repeat(40_000);
const CONFIRMED = '{"quoteNo":"Q-2027-1","promisedDate":"2027-03-11"}';
const ABOUT_YOU = `${REQUEST}?step=page-1`;
/** The slowest answer to a health check after bad input, in milliseconds. */
const QUICK = 100;

/** What somebody sends, the status that it must get, and what the answer must say. */
interface BadInput {
  readonly send: () => Promise<Answer>;
  readonly status: number;
  readonly says: RegExp;
}

describe('bad input', () => {
  const running = useHost();
  let link = '';
  let task = '';
  let visitor: Visitor;
  let holder: Visitor;
  let rita: Visitor;

  before('bring cases to where they can be meddled with', async function () {
    this.timeout(60_000);
    const offered = await askForPrice(running(), SMALL);
    link = linkIn(running(), offered) ?? '';
    holder = await openLink(running(), offered);
    const reviewed = await askForPrice(running(), LARGE);
    task = `/tasks/${encodeURIComponent((await openTaskOf(running(), reviewed)).id)}`;
    rita = await signedIn(running(), 'rita@meridian.example');
    await follow(rita.post(`${task}/claim`));
    visitor = createVisitor(running().origin);
  });

  const post = (path: string, ...fields: Fields) => visitor.post(path, fields);
  const sendForm = (body: string, type = FORM) =>
    visitor.send(ABOUT_YOU, body, { 'content-type': type });
  const withExtra = (name: string) => post(ABOUT_YOU, ...aboutYou(SMALL), [name, 'x']);
  const get = (path: string, headers = {}) => visitor.get(path, headers);
  const tell = (
    body: string,
    ...more: [message?: string, signing?: { age?: number; key?: string }]
  ) => tellHost(running(), more[0] ?? 'orderConfirmed', body, more[1]);

  const INPUTS: Readonly<Record<string, BadInput>> = {
    'a form of 10 MB': {
      send: () => sendForm('x'.repeat(TEN_MEGABYTES)),
      status: 413,
      says: /larger than this page takes/u,
    },
    'a message of 10 MB': {
      send: () => tell(`"${'x'.repeat(TEN_MEGABYTES)}"`),
      status: 413,
      says: /larger than/u,
    },
    'a form of 5,000 fields': {
      send: () =>
        post(ABOUT_YOU, ...Array.from({ length: 5000 }, (_, at) => [`/f${at}`, ''] as const)),
      status: 413,
      says: /5000 fields; at most/u,
    },
    'a form of 1,500 fields': {
      send: () =>
        post(ABOUT_YOU, ...Array.from({ length: 1500 }, (_, at) => [`/f${at}`, ''] as const)),
      status: 413,
      says: /more than 1000 fields/u,
    },
    'a list of 9,999 entries': {
      send: () => post(`${REQUEST}?step=page-2`, ['/lines#n', '9999'], ['/comment', '']),
      status: 413,
      says: /at most \d+ entries/u,
    },
    'JSON, 40,000 deep, as a form': {
      send: () => sendForm(DEEP, 'application/json'),
      status: 415,
      says: /application\/x-www-form-urlencoded/u,
    },
    'JSON, 40,000 deep, as a signed message': {
      send: () => tell(`{"quoteNo":"Q-2027-1","promisedDate":"2027-03-11","more":${DEEP}}`),
      status: 422,
      says: /nested deeper than 32/u,
    },
    'a name, 40,000 deep': {
      send: () => withExtra('['.repeat(40_000)),
      status: 400,
      says: /does not ask for/u,
    },
    'a JSON body to a form': {
      send: () => sendForm('{"/customer/legalName":"Ada"}', 'application/json'),
      status: 415,
      says: /application\/x-www-form-urlencoded/u,
    },
    'an upload to a form': {
      send: () => sendForm('--b\r\n\r\n--b--', 'multipart/form-data; boundary=b'),
      status: 415,
      says: /application\/x-www-form-urlencoded/u,
    },
    'a field __proto__': {
      send: () => withExtra('__proto__'),
      status: 400,
      says: /does not ask for: "__proto__"/u,
    },
    'a field /customer/__proto__/isAdmin': {
      send: () => withExtra('/customer/__proto__/isAdmin'),
      status: 400,
      says: /does not ask for/u,
    },
    'a field constructor': {
      send: () => withExtra('constructor'),
      status: 400,
      says: /does not ask for/u,
    },
    'a field that exists and is not asked for': {
      send: () => withExtra('/customer/creditStatus'),
      status: 400,
      says: /does not ask for: "\/customer\/creditStatus"/u,
    },
    'a field twice': {
      send: () => withExtra('/customer/legalName'),
      status: 400,
      says: /sent more than once/u,
    },
    'a step that the form does not have': {
      send: () => post(`${REQUEST}?step=page-9`, ...aboutYou(SMALL)),
      status: 400,
      says: /page-9/u,
    },
    'a button that the form does not have': {
      send: () => post(ABOUT_YOU, ...aboutYou(SMALL), ['#action', 'launch']),
      status: 400,
      says: /launch/u,
    },
    'an outcome xstate.done.actor of a task': {
      send: () =>
        rita.post(`${task}?step=page-1`, [
          ['/quote/discountPct', '11'],
          ['/$form/note', ''],
          ['#outcome', 'xstate.done.actor.rep-review'],
        ]),
      status: 422,
      says: /There is a problem/u,
    },
    'an outcome xstate.done.state of a link': {
      send: () =>
        holder.post('/status/answer?step=outcome', [['#outcome', 'xstate.done.state.offered']]),
      status: 422,
      says: /There is a problem/u,
    },
    'a message xstate.done': {
      send: () => tell(CONFIRMED, 'xstate.done'),
      status: 404,
      says: /no such message/u,
    },
    'a message without a signature': {
      send: () =>
        visitor.send('/webhooks/oms/orderConfirmed', CONFIRMED, {
          'content-type': 'application/json',
        }),
      status: 401,
      says: /signature are needed/u,
    },
    'a message signed with another key': {
      send: () => tell(CONFIRMED, undefined, { key: 'another key' }),
      status: 401,
      says: /signature does not fit/u,
    },
    'a message that is six minutes old': {
      send: () => tell(CONFIRMED, undefined, { age: 360 }),
      status: 401,
      says: /300 s from now/u,
    },
    'a message that is no JSON': { send: () => tell('{'), status: 400, says: /not a JSON object/u },
    'a message that hides its key in __proto__': {
      send: () => tell('{"__proto__":{"quoteNo":"Q-2027-1"},"promisedDate":"2027-03-11"}'),
      status: 422,
      says: /quoteNo/u,
    },
    'a link with one letter changed': {
      send: () => get(link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A')),
      status: 404,
      says: /not one of ours/u,
    },
    'a cookie of a link with one letter changed': {
      send: () => get('/status', { cookie: `trellis_link=${link.slice('/l/'.length, -1)}!` }),
      status: 404,
      says: /not one of ours/u,
    },
    'a path with malformed percent-encoding': {
      send: () => get('/cases/%zz'),
      status: 400,
      says: /cannot be read/u,
    },
    'a path that is no text': { send: () => get('/l/%ff'), status: 400, says: /cannot be read/u },
    'a cursor that nobody gave': {
      send: () => rita.get('/inbox?after=nonsense'),
      status: 400,
      says: /./u,
    },
    'a task that there is not': {
      send: () => rita.get('/tasks/nonsense'),
      status: 404,
      says: /no such task/u,
    },
    'another Host header': {
      send: () => get('/', { host: 'evil.example' }),
      status: 421,
      says: /answers as 127\.0\.0\.1/u,
    },
    'a form from another site': {
      send: () => visitor.post(ABOUT_YOU, aboutYou(SMALL), { 'sec-fetch-site': 'cross-site' }),
      status: 403,
      says: /from another site/u,
    },
    'a form from another origin, by an older browser': {
      send: () =>
        visitor.send(ABOUT_YOU, 'a=b', { 'content-type': FORM, origin: 'https://evil.example' }),
      status: 403,
      says: /from another site/u,
    },
    'a completed task from another site': {
      send: () => rita.post(task, [['#outcome', 'approve']], { 'sec-fetch-site': 'same-site' }),
      status: 403,
      says: /from another site/u,
    },
  };

  for (const [what, { send, status, says }] of Object.entries(INPUTS)) {
    it(`${what}: ${status}, and nothing is written`, async () => {
      const before = await storedBy(running());
      const answer = await send();
      const quickest = await quickestHealthCheck(running().origin);
      const said = mainText(answer);
      expect(said).to.match(says);
      expect(answer.status).to.equal(status);
      expect(said).not.to.match(/\bat .*\.[jt]s:\d+/u);
      await running().rest();
      expect(await storedBy(running())).to.deep.equal(before);
      expect(quickest).to.be.lessThan(QUICK);
    }).timeout(20_000);
  }
});

/** The shortest of a few tries: what else the machine does at the moment says nothing of the host. */
async function quickestHealthCheck(origin: string): Promise<number> {
  const times: number[] = [];
  for (let tries = 0; tries < 3; tries++) {
    const before = performance.now();
    const { status } = await createVisitor(origin).get('/healthz');
    expect(status).to.equal(200);
    times.push(performance.now() - before);
  }
  return Math.min(...times);
}
