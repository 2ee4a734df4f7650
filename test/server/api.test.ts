import { expect } from 'chai';
import { publishAll } from '../../engine/runtime/publish.ts';
import { apiTokenHash, newApiToken } from '../../server/host/api-tokens.ts';
import type { Answer } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const WORKFLOW = `workflow: errand
title: Errand
team: operations
core: 1
reference: ERR-{number}
data: { note: { kind: text, maxLength: 40 }, count: { kind: whole number, default: 0 } }
start:
  shop: { api: [note], set: { count: 1 } }
forms: { more: { title: More, fields: [{ field: count, required: true }, { field: why, kind: text, required: true }] } }
states:
  waiting:
    on:
      add: { by: api, form: more, set: { note: form.why } }
      cancel: { by: api, to: withdrawn }
      staff-only: { by: { role: sales-rep }, to: withdrawn }
  withdrawn: { final: withdrawn }
`;

const BY_FORM = `workflow: note
title: Note
team: operations
core: 1
data: { note: { kind: text, maxLength: 40 } }
start: { note: { form: note } }
forms: { note: { title: Note, audience: api, fields: [{ field: note, required: true }, { field: why, kind: text }] } }
states:
  kept: { after: { 3 days: ended } }
  ended: { final: completed }
`;

describe('the API', () => {
  const running = useHost();
  const tokens = { shop: newApiToken(), other: newApiToken(), revoked: newApiToken() };
  let calls = 0;

  before('publish a workflow and make tokens', async function () {
    this.timeout(60_000);
    const { host } = running();
    const named = [
      { name: 'errand', source: { name: 'errand', text: WORKFLOW, files: {} } },
      { name: 'note', source: { name: 'note', text: BY_FORM, files: {} } },
    ];
    const { refused } = await publishAll(named, host.core.view, host.store, 0);
    expect(refused.flatMap(({ problems }) => problems)).to.deep.equal([]);
    await host.catalogue.refresh();
    for (const [name, token] of Object.entries(tokens)) {
      const workflows = name === 'other' ? ['online-quote'] : ['errand', 'note'];
      const hash = apiTokenHash(token);
      await host.store.tokens.add({ id: name, name, hash, workflows, createdAt: 0 });
    }
    await host.store.tokens.revoke('revoked', 1);
  });

  interface Call {
    readonly token?: string;
    readonly key?: string;
    readonly media?: string;
  }

  function post(path: string, body: unknown, call: Call = {}): Promise<Answer> {
    const { token = tokens.shop, key = `key-${(calls += 1)}`, media = 'application/json' } = call;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const authorization = token === '' ? 'none' : `Bearer ${token}`;
    const headers = { authorization, 'idempotency-key': key, 'content-type': media };
    return createVisitor(running().origin).send(path, text, headers);
  }

  function get(path: string, token = tokens.shop): Promise<Answer> {
    return createVisitor(running().origin).get(path, { authorization: `Bearer ${token}` });
  }

  const START = '/api/workflows/errand/cases';

  async function started(): Promise<string> {
    const { status, text } = await post(START, { data: { note: 'Milk' } });
    expect(status, text).to.equal(201);
    return (JSON.parse(text) as { reference: string }).reference;
  }

  function problem({ text, headers }: Answer): { code: string; errors?: { field: string }[] } {
    expect(headers['content-type']).to.contain('application/problem+json');
    return JSON.parse(text) as { code: string };
  }

  it('starts a case by a form that is for programs, and nobody else does', async () => {
    const path = '/api/workflows/note/cases';
    expect((await post(path, { data: { note: 'Milk', why: 'Thirst' } })).status).to.equal(201);
    expect((await post(path, { data: { why: 'Thirst' } })).status).to.equal(422);
    const page = await createVisitor(running().origin).get('/start/note/note');
    expect(page.status).to.equal(403);
  });

  it('starts a case, shows it, and takes its events', async () => {
    const reference = await started();
    const seen = JSON.parse((await get(`/api/cases/${reference}`)).text) as object;
    expect(seen).to.include({ reference, status: 'active', workflow: 'errand' });
    expect(seen).to.deep.include({ states: ['waiting'], events: ['add', 'cancel'] });
    const events = `/api/cases/${reference}/events`;
    const more = { form: { count: 3, why: 'Bread' } };
    expect((await post(`${events}/add`, more)).status).to.equal(200);
    const id = (seen as { id: string }).id;
    expect((await running().host.engine.look(id)).data).to.include({ count: 3, note: 'Bread' });
    expect((await post(`${events}/cancel`, {})).status).to.equal(200);
    const ended = JSON.parse((await get(`/api/cases/${id}`)).text) as object;
    expect(ended).to.include({ status: 'finished', outcome: 'withdrawn' });
    expect(problem(await post(`${events}/cancel`, {})).code).to.equal('button-gone');
  });

  it('answers the same key as before, and refuses it with another body', async () => {
    const first = await post(START, { data: { note: 'Milk' } }, { key: 'once' });
    const again = await post(START, { data: { note: 'Milk' } }, { key: 'once' });
    expect([again.status, again.text]).to.deep.equal([first.status, first.text]);
    const other = await post(START, { data: { note: 'Bread' } }, { key: 'once' });
    expect([other.status, problem(other).code]).to.deep.equal([409, 'submission-reused']);
    const { reference } = JSON.parse(first.text) as { reference: string };
    const cancel = `/api/cases/${reference}/events/cancel`;
    const gone = await post(cancel, {}, { key: 'cancelled' });
    const repeated = await post(cancel, {}, { key: 'cancelled' });
    expect([repeated.status, repeated.text]).to.deep.equal([200, gone.text]);
  });

  it('refuses tokens that are missing, unknown, revoked or for other workflows', async () => {
    const reference = await started();
    for (const token of ['', 'trl_nobody', tokens.revoked]) {
      const refused = await post(START, {}, { token });
      expect([refused.status, problem(refused).code]).to.deep.equal([401, 'no-token']);
    }
    const { other } = tokens;
    expect((await post(START, { data: { note: 'x' } }, { token: other })).status).to.equal(403);
    expect((await get(`/api/cases/${reference}`, other)).status).to.equal(404);
  });

  it('answers bad input with a problem that names its place', async () => {
    const reference = await started();
    const events = `/api/cases/${reference}/events`;
    const codes: [Promise<Answer>, number, string][] = [
      [post(START, '{'), 400, 'bad-request'],
      [post(START, '[]'), 400, 'bad-request'],
      [post(START, { datum: {} }), 400, 'bad-request'],
      [post(START, { data: 3 }), 400, 'bad-request'],
      [post(START, `{"data":${'['.repeat(40)}${']'.repeat(40)}}`), 400, 'bad-request'],
      [post(START, {}, { key: ' ' }), 400, 'bad-request'],
      [post(START, {}, { media: 'text/plain' }), 415, 'wrong-media'],
      [post(START, { data: {} }), 422, 'form-refused'],
      [post(START, { data: { note: 'x', count: 2 } }), 422, 'form-refused'],
      [post(START, { start: 'phone', data: {} }), 404, 'no-start'],
      [post('/api/workflows/nothing/cases', {}), 404, 'no-workflow'],
      [post(`${events}/staff-only`, {}), 409, 'button-gone'],
      [post('/api/cases/ERR-0/events/add', {}), 404, 'no-case'],
      [get('/api/nothing'), 404, 'no-page'],
    ];
    for (const [sent, status, code] of codes) {
      const answer = await sent;
      expect([answer.status, problem(answer).code], answer.text).to.deep.equal([status, code]);
    }
    const wrong = problem(await post(`${events}/add`, { form: { count: 'many', why: '' } }));
    expect(wrong.errors?.map(({ field }) => field)).to.include('count');
  });
});
