import { expect } from 'chai';
import { apiTokenHash, newApiToken } from '../../server/host/api-tokens.ts';
import type { Caller } from './call-api.ts';
import { callerFor, callerWith } from './call-api.ts';
import { PASSPHRASE, withKey } from './propose-name.ts';
import type { Answer } from './visitor.ts';
import { useHost } from './with-host.ts';

/** What a test reads of an answer. */
interface Read {
  readonly number: number;
  readonly status: string;
  readonly release: string;
  readonly digest: string;
}

const PROPOSALS = '/api/core/proposals';

describe('governance by the API: the core', () => {
  const running = useHost();
  let author: Caller;
  let other: Caller;

  before('give two people keys and tokens', async function () {
    this.timeout(60_000);
    author = await callerFor(running(), await withKey(running(), 'ian'));
    other = await callerFor(running(), await withKey(running(), 'iris'));
  });

  /** A change that another name of the company is. */
  async function renamed(name: string): Promise<{ base: string; change: object }> {
    const base = await running().host.store.registry.newestRelease();
    const text = (base?.files['core.yaml'] ?? '').replace(/^name: .*$/mu, `name: ${name}`);
    return { base: base?.release ?? '', change: { 'core.yaml': text } };
  }

  async function proposed(name: string): Promise<Read> {
    const words = { title: 'Another name', why: 'We were bought.', passphrase: PASSPHRASE };
    const answer = await author.post(PROPOSALS, { ...(await renamed(name)), ...words });
    expect(answer.status, answer.text).to.equal(201);
    return read(answer);
  }

  it('takes a change from a proposal to the release in force, by two people', async () => {
    const before = read(await author.get('/api/core'));
    const { number, digest, release } = await proposed('Meridian Parts');
    const path = `${PROPOSALS}/${number}`;
    expect((await author.get(path)).text)
      .to.contain('"judgement"')
      .and.to.contain(digest);
    const given = { digest, passphrase: PASSPHRASE };
    const own = await author.post(`${path}/approve`, given);
    expect([own.status, own.text.includes('never approves it')]).to.deep.equal([403, true]);
    expect(read(await author.get('/api/core')).release).to.equal(before.release);
    const moved = await other.post(`${path}/approve`, { ...given, digest: before.digest });
    expect(moved.status).to.equal(409);
    const approved = await other.post(`${path}/approve`, given);
    expect(read(approved), approved.text).to.include({ status: 'released', release });
    expect(read(await author.get('/api/core'))).to.include({ release, digest });
    const { releases } = JSON.parse((await other.get('/api/core/releases')).text) as {
      releases: Read[];
    };
    expect(releases[0]).to.include({ release, digest });
  });

  it('says what a change would do, and stores nothing', async () => {
    const { change } = await renamed('Meridian Pieces');
    const before = (await author.get(PROPOSALS)).text;
    const answer = await author.post('/api/core/impact', { change });
    expect(answer.status, answer.text).to.equal(200);
    expect(JSON.parse(answer.text)).to.include.keys('release', 'judgement', 'route');
    expect((await author.get(PROPOSALS)).text).to.equal(before);
  });

  it('changes a proposal, of which what was changed before stays', async () => {
    const { number, digest } = await proposed('Meridian Pieces');
    const path = `${PROPOSALS}/${number}`;
    const policies = await running().host.store.registry.newestRelease();
    const changed = `${policies?.files['policies.yaml'] ?? ''}# Looked at again.\n`;
    const words = { title: 'Name and rules', why: 'Both.', passphrase: PASSPHRASE };
    const body = { ...words, change: { 'policies.yaml': changed } };
    expect((await other.post(`${path}/change`, body)).status).to.equal(403);
    const answer = await author.post(`${path}/change`, body);
    expect(answer.status, answer.text).to.equal(200);
    expect(read(answer).digest).not.to.equal(digest);
    const { proposal } = JSON.parse((await author.get(path)).text) as {
      proposal: { title: string; files: object };
    };
    expect(proposal.title).to.equal('Name and rules');
    expect(Object.keys(proposal.files)).to.have.members(['core.yaml', 'policies.yaml']);
    const stale = { digest, passphrase: PASSPHRASE };
    expect((await other.post(`${path}/approve`, stale)).status).to.equal(409);
    await author.post(`${path}/end`, { why: 'Enough.' });
    expect((await author.post(`${path}/change`, body)).status).to.equal(409);
  });

  it('says at which line a change of a file is wrong', async () => {
    const words = { title: 'A', why: 'B', passphrase: PASSPHRASE };
    const base = await running().host.store.registry.newestRelease();
    const text = (base?.files['types/Quote.yaml'] ?? '').replace('x-minimum:', 'x-minimun:');
    const change = { 'types/Quote.yaml': text };
    const given = { ...words, base: base?.release, change };
    const answer = await author.post(PROPOSALS, given);
    expect(answer.status, answer.text).to.equal(422);
    const { code, errors } = JSON.parse(answer.text) as {
      code: string;
      errors: readonly { file: string; position: { line: number }; message: string }[];
    };
    expect(code).to.equal('core-refused');
    const line = text.slice(0, text.indexOf('x-minimun')).split('\n').length;
    expect(errors.map(({ file, position }) => [file, position.line])).to.deep.include([
      'types/Quote.yaml',
      line,
    ]);
  });

  it('ends a proposal with a reason, and not without', async () => {
    const { number } = await proposed('Meridian Pieces');
    const path = `${PROPOSALS}/${number}/end`;
    expect((await other.post(path, { why: ' ' })).status).to.equal(422);
    expect((await author.post(path, { why: ' ' })).status).to.equal(422);
    expect(read(await author.post(path, { why: 'Not yet.' })).status).to.equal('withdrawn');
    expect((await author.post(path, { why: 'Again.' })).status).to.equal(409);
  });

  it('says who uses a field of the core', async () => {
    const found = await author.get('/api/core/where-used?name=Quote.netTotal');
    expect(found.text).to.contain('online-quote');
    expect((await author.get('/api/core/where-used?name=Quote.nothing')).status).to.equal(404);
    expect((await author.get('/api/core/where-used')).status).to.equal(400);
  });

  it('refuses what it cannot take, and writes nothing', async () => {
    const { base } = await renamed('Meridian');
    const words = { title: 'A', why: 'B', base, passphrase: PASSPHRASE };
    const before = (await author.get(PROPOSALS)).text;
    const wrong: readonly (readonly [object, number])[] = [
      [{}, 400],
      [{ ...words, change: [] }, 400],
      [{ ...words, change: { 'core.yaml': 7 } }, 400],
      [{ ...words, change: { '../package.json': '{}' } }, 400],
      [{ ...words, change: { 'core.yaml': ': no core' } }, 422],
      [{ ...words, change: {} }, 422],
      [{ ...words, change: {}, more: 1 }, 400],
      [{ ...words, change: {}, base: '9.9' }, 409],
      [{ ...words, passphrase: 'wrong', ...(await renamed('Meridian P')) }, 422],
    ];
    for (const [body, status] of wrong) {
      const answer = await author.post(PROPOSALS, body);
      expect(answer.status, `${JSON.stringify(body)}: ${answer.text}`).to.equal(status);
      expect(answer.headers['content-type']).to.contain('application/problem+json');
    }
    expect((await author.get(`${PROPOSALS}/999`)).status).to.equal(404);
    expect((await author.get(`${PROPOSALS}?before=x`)).status).to.equal(404);
    expect((await author.get(PROPOSALS)).text).to.equal(before);
  });

  it('lets people do what their roles allow, and programs nothing of it', async () => {
    const { host, origin } = running();
    const rita = await host.store.accounts.byEmail('rita@meridian.example');
    if (rita === undefined) throw new Error('There is no Rita.');
    const rep = await callerFor(running(), rita);
    expect((await rep.get('/api/core')).status).to.equal(403);
    expect((await rep.post(PROPOSALS, {})).status).to.equal(403);
    expect((await rep.post('/api/workflows/online-quote/cases', {})).status).to.equal(403);
    const token = newApiToken();
    const program = { id: 'shop', name: 'Shop', workflows: ['online-quote'], createdAt: 0 };
    await host.store.tokens.add({ ...program, hash: apiTokenHash(token) });
    expect((await callerWith(origin, token).get('/api/core')).status).to.equal(403);
    expect((await callerWith(origin, newApiToken()).get('/api/core')).status).to.equal(401);
  });

  it('opens nothing for somebody who has left', async () => {
    const { accounts } = running().host.store;
    const iris = await accounts.byEmail('iris@meridian.example');
    const id = iris?.id ?? '';
    await accounts.change(id, { leftAt: running().clock.now() });
    expect((await other.get('/api/core')).status).to.equal(401);
    expect((await other.post(`${PROPOSALS}/1/approve`, {})).status).to.equal(401);
    await accounts.change(id, { leftAt: null });
    expect((await other.get('/api/core')).status).to.equal(200);
  });
});

function read({ text }: Answer): Read {
  return JSON.parse(text) as Read;
}
