import { expect } from 'chai';
import type { Caller } from './call-api.ts';
import { callerFor } from './call-api.ts';
import type { Answer } from './visitor.ts';
import { useHost } from './with-host.ts';

/** What a test reads of an answer. */
interface Read {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly text: string;
  readonly files: object;
  readonly token: string;
  readonly open: readonly string[];
}

const QUOTE = '/api/workflows/online-quote';

describe('governance by the API: workflows', () => {
  const running = useHost();
  const callers = new Map<string, Caller>();

  before('give people tokens', async () => {
    for (const name of ['ines', 'rolf', 'ian', 'rita', 'ada']) {
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

  /** A draft of the quote with another title of a state. */
  async function drafted(title: string): Promise<string> {
    const { text, files } = read(await by('ines').get(QUOTE));
    const changed = text.replace('title: Waiting for your answer', `title: ${title}`);
    const answer = await by('ines').post(`${QUOTE}/drafts`, { text: changed, files });
    expect(answer.status, answer.text).to.equal(201);
    return `/api/drafts/${read(answer).id}`;
  }

  it('takes a draft through its review into force, by somebody else', async () => {
    const { version } = read(await by('ines').get(QUOTE));
    const path = await drafted('Waiting for an answer');
    expect((await by('ian').post(`${path}/send`, {})).status).to.equal(403);
    const sent = await by('ines').post(`${path}/send`, {});
    expect(sent.status, sent.text).to.equal(200);
    expect(read(sent).status).to.equal('in-review');
    const { token, open } = read(await by('ines').get(path));
    expect(open).to.deep.equal(['it']);
    const given = { token, reason: 'It is clear.' };
    expect((await by('ines').post(`${path}/approve`, given)).status).to.equal(403);
    expect((await by('rolf').post(`${path}/approve`, given)).status).to.equal(403);
    const stale = await by('ian').post(`${path}/approve`, { ...given, token: 'a-b-c-d' });
    expect(stale.status, stale.text).to.equal(409);
    expect(read(await by('rita').get(QUOTE)).version).to.equal(version);
    const last = await by('ian').post(`${path}/approve`, given);
    expect(read(last), last.text).to.include({ status: 'published', version: version + 1 });
    expect(read(await by('rita').get(QUOTE)).version).to.equal(version + 1);
    expect((await by('ian').post(`${path}/approve`, given)).status).to.equal(403);
  });

  it('rejects a draft with a reason, and takes back what is one’s own', async () => {
    const rejected = await drafted('Waiting for somebody');
    await by('ines').post(`${rejected}/send`, {});
    expect((await by('ian').post(`${rejected}/reject`, { reason: ' ' })).status).to.equal(422);
    const no = await by('ian').post(`${rejected}/reject`, { reason: 'Not clear.' });
    expect(read(no).status, no.text).to.equal('rejected');
    const withdrawn = await drafted('Waiting for nobody');
    expect((await by('rolf').post(`${withdrawn}/withdraw`, {})).status).to.equal(403);
    const taken = await by('ines').post(`${withdrawn}/withdraw`, {});
    expect(read(taken).status).to.equal('withdrawn');
    expect((await by('ines').post(`${withdrawn}/send`, {})).status).to.equal(409);
    expect((await by('ines').get('/api/drafts?workflow=online-quote')).text).to.contain(
      'withdrawn',
    );
  });

  it('refuses what it cannot take, and saves nothing', async () => {
    const { text, files } = read(await by('ines').get(QUOTE));
    const before = (await by('ines').get('/api/drafts')).text;
    const wrong: readonly (readonly [object, number])[] = [
      [{}, 400],
      [{ text: 1 }, 400],
      [{ text, files: { '../cases.yaml': '' } }, 400],
      [{ text, files: { 'cases.yaml': 1 } }, 400],
      [{ text, files, team: 'operations' }, 400],
      [{ text: 'no workflow' }, 422],
      [{ text: text.replace('team: operations', 'team: another') }, 403],
    ];
    for (const [body, status] of wrong) {
      const answer = await by('ines').post(`${QUOTE}/drafts`, body);
      expect(answer.status, `${JSON.stringify(body).slice(0, 80)}: ${answer.text}`).to.equal(
        status,
      );
    }
    expect((await by('rita').post(`${QUOTE}/drafts`, { text, files })).status).to.equal(403);
    expect((await by('ines').get('/api/drafts')).text).to.equal(before);
    expect((await by('ines').get('/api/drafts/none')).status).to.equal(404);
    expect((await by('ines').get('/api/workflows/none')).status).to.equal(404);
  });

  it('tells of workflows, grants and acts whoever may see them', async () => {
    expect((await by('rita').get('/api/workflows')).text).to.contain('online-quote');
    const grants = await by('ian').get('/api/grants');
    expect(JSON.parse(grants.text)).to.include.keys('release', 'grants', 'revoked');
    expect((await by('rita').get('/api/grants')).status).to.equal(403);
    const acts = await by('ada').get('/api/audit/acts?kind=published');
    expect(acts.text).to.contain('"online-quote"');
    expect((await by('rita').get('/api/audit/acts')).status).to.equal(403);
    expect((await by('ada').get('/api/audit/acts?from=-1')).status).to.equal(400);
  });
});

function read({ text }: Answer): Read {
  return JSON.parse(text) as Read;
}
