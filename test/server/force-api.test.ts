import { expect } from 'chai';
import type { Caller } from './call-api.ts';
import { callerFor } from './call-api.ts';
import { publishAgain } from './publish-again.ts';
import { SMALL, askForPrice } from './quote-journey.ts';
import type { Answer } from './visitor.ts';
import { useHost } from './with-host.ts';

/** What a test reads of an answer. */
interface Read {
  readonly token: string;
  readonly version: number;
  readonly facts: { readonly running: readonly object[]; readonly impact: readonly object[] };
  readonly needed: readonly string[];
  readonly users: readonly { readonly workflow: string; readonly running: readonly object[] }[];
  readonly retired: { readonly why: string };
  readonly acts: readonly { readonly kind: string }[];
}

const QUOTE = '/api/workflows/online-quote';
const GRANT = '/api/grants/operations';

describe('governance by the API: out of force and back', () => {
  const running = useHost();
  const callers = new Map<string, Caller>();

  before('let a case run, and give people tokens', async function () {
    this.timeout(60_000);
    await askForPrice(running(), SMALL);
    for (const name of ['rolf', 'ian', 'rita', 'ada']) {
      const person = await running().host.store.accounts.byEmail(`${name}@meridian.example`);
      if (person === undefined) throw new Error(`There is no ${name}.`);
      callers.set(name, await callerFor(running(), person));
    }
  });

  function by(name: string): Caller {
    const caller = callers.get(name);
    if (caller === undefined) throw new Error(`${name} has no token.`);
    return caller;
  }

  const out = () => running().host.store.outOfForce.all();

  it('retires a workflow on what was shown, and puts it back', async () => {
    const { facts, token } = read(await by('ian').get(`${QUOTE}/retire`));
    expect(facts.running).to.have.length(1);
    const given = { token, reason: 'It is replaced.' };
    expect((await by('rita').post(`${QUOTE}/retire`, given)).status).to.equal(403);
    expect((await by('ian').post(`${QUOTE}/retire`, { ...given, reason: ' ' })).status).to.equal(
      422,
    );
    expect((await by('ian').post(`${QUOTE}/retire`, { ...given, token: 'a-b' })).status).to.equal(
      409,
    );
    expect(await out()).to.deep.equal([]);
    const done = await by('ian').post(`${QUOTE}/retire`, given);
    expect(done.status, done.text).to.equal(200);
    expect(read(await by('ian').get(`${QUOTE}/retire`)).retired.why).to.equal('It is replaced.');
    const back = await by('ian').post(`${QUOTE}/restore`, { reason: 'Still needed.' });
    expect(back.status, back.text).to.equal(200);
    expect((await by('ian').post(`${QUOTE}/restore`, { reason: 'Twice.' })).status).to.equal(409);
    expect(await out()).to.deep.equal([]);
  });

  it('publishes an old version anew, by somebody who speaks for what it needs', async () => {
    await publishAgain(running(), 'online-quote', 'second');
    const path = `${QUOTE}/versions/1/roll-back`;
    const { needed, token, facts } = read(await by('ian').get(path));
    expect([needed, facts.impact.length]).to.deep.equal([['it'], 1]);
    const given = { token, reason: 'The second was wrong.' };
    expect((await by('rolf').post(path, given)).status).to.equal(403);
    expect(read(await by('ian').get(QUOTE)).version).to.equal(2);
    const done = await by('ian').post(path, given);
    expect(read(done), done.text).to.include({ name: 'online-quote', version: 3 });
    expect((await by('ian').post(path, given)).status).to.equal(409);
    expect((await by('ian').get(`${QUOTE}/versions/9/roll-back`)).status).to.equal(404);
    expect((await by('ian').get(`${QUOTE}/versions/3/roll-back`)).status).to.equal(409);
  });

  it('revokes a part of a grant and restores it, with what that stops', async () => {
    const shown = read(await by('ian').get(`${GRANT}/revoke?part=pricing.lookup`));
    expect(shown.users.map(({ workflow }) => workflow)).to.deep.equal(['online-quote']);
    expect(shown.users[0]?.running).to.have.length(1);
    const given = { part: 'pricing.lookup', reason: 'It answers wrongly.' };
    expect((await by('rita').post(`${GRANT}/revoke`, given)).status).to.equal(403);
    expect((await by('ian').post(`${GRANT}/revoke`, { ...given, reason: '' })).status).to.equal(
      422,
    );
    expect(await out()).to.deep.equal([]);
    const done = await by('ian').post(`${GRANT}/revoke`, given);
    expect(done.status, done.text).to.equal(200);
    expect((await by('ian').get('/api/grants')).text).to.contain('It answers wrongly.');
    expect((await by('ian').post(`${GRANT}/revoke`, given)).status).to.equal(409);
    const back = await by('ian').post(`${GRANT}/restore`, { ...given, reason: 'It is mended.' });
    expect(back.status, back.text).to.equal(200);
    expect(await out()).to.deep.equal([]);
  });

  it('refuses what it cannot take, and changes nothing', async () => {
    const wrong: readonly (readonly [string, object, number])[] = [
      [`${GRANT}/revoke`, {}, 400],
      [`${GRANT}/revoke`, { part: 'pricing.lookup' }, 400],
      [`${GRANT}/revoke`, { part: 'no.such', reason: 'A.' }, 404],
      ['/api/grants/nobody/revoke', { part: '', reason: 'A.' }, 404],
      [`${QUOTE}/retire`, { reason: 'A.' }, 400],
      ['/api/workflows/none/retire', { token: 'a', reason: 'A.' }, 404],
      [`${QUOTE}/restore`, { reason: 'A.', more: 1 }, 400],
    ];
    for (const [path, body, status] of wrong) {
      const answer = await by('ian').post(path, body);
      expect(answer.status, `${path} ${JSON.stringify(body)}: ${answer.text}`).to.equal(status);
      expect(answer.headers['content-type']).to.contain('application/problem+json');
    }
    expect(await out()).to.deep.equal([]);
  });

  it('finds acts by day and by what they are about', async () => {
    const found = async (query: string): Promise<number> =>
      read(await by('ada').get(`/api/audit/acts?kind=revoked-grant&${query}`)).acts.length;
    const today = new Date(running().clock.now()).toISOString().slice(0, 10);
    expect(await found(`since=${today}&until=${today}`)).to.equal(1);
    expect(await found('about=pricing.lookup')).to.equal(1);
    expect(await found('about=oms.createOrder')).to.equal(0);
    expect(await found('since=2100-01-01')).to.equal(0);
    expect((await by('ada').get('/api/audit/acts?since=2027-02-31')).status).to.equal(400);
  });
});

function read({ text }: Answer): Read {
  return JSON.parse(text) as Read;
}
