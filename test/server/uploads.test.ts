import { connect } from 'node:net';
import { expect } from 'chai';
import type { Json } from '../../engine/kernel/json.ts';
import type { Task } from '../../engine/ports/step.ts';
import { until } from '../until.ts';
import { PERMIT_FORM, PNG, pdf, publishPermit } from './permit.ts';
import { follow, mainText, openLink, openTaskOf, signedIn } from './quote-journey.ts';
import { MULTIPART, multipart, upload } from './upload.ts';
import type { Answer, Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const DAY = 24 * 60 * 60 * 1000;
const ABOUT = `${PERMIT_FORM}?step=page-1`;
const PLAN = `${PERMIT_FORM}?step=page-2`;

describe('files of forms', () => {
  const running = useHost();
  let rita: Visitor;

  before('publish a workflow with files', async function () {
    this.timeout(60_000);
    await publishPermit(running());
  });

  // The clock is moved on further than a session lasts.
  beforeEach('sign in', async () => {
    rita = await signedIn(running(), 'rita@meridian.example');
  });

  /** A customer who has come to the page of the drawing. */
  async function atPlan(): Promise<Visitor> {
    const visitor = createVisitor(running().origin);
    await follow(
      visitor.post(ABOUT, [
        ['/site', 'Main Street 1'],
        ['/customer/contactEmail', 'c@site.example'],
        ['/photos#n', '0'],
      ]),
    );
    return visitor;
  }

  const sendPlan = (visitor: Visitor, content = pdf(), more = {}) =>
    upload(visitor, PLAN, { field: '/plan', content, ...more });

  /** The addresses of files that a page links to. */
  function linksIn({ text }: Answer): readonly string[] {
    return [...text.matchAll(/href="([^"]*\/files\/[^"]*)"/gu)].map(([, href = '']) =>
      href.replaceAll('&#x3D;', '='),
    );
  }

  async function begun(content = pdf(200_000, 'k')): Promise<string> {
    const visitor = await atPlan();
    await follow(sendPlan(visitor, content, { name: 'C:\\Plan ä %221%22.pdf' }));
    await follow(visitor.post(`${PERMIT_FORM}?step=check`));
    const { text } = await visitor.get(`${PERMIT_FORM}/sent`);
    return /PER-\d+/u.exec(text)?.[0] ?? '';
  }

  it('are asked for on a page of their own, which needs no script', async () => {
    const visitor = await atPlan();
    const page = await visitor.get(PLAN);
    expect(page.text).to.contain('enctype="multipart/form-data"').and.contain('type="file"');
    expect(page.text).to.contain('accept="application/pdf"');
  });

  it('are shown with name and size, replaced, removed, and needed where they are required', async () => {
    const visitor = await atPlan();
    await follow(
      upload(visitor, PLAN, { field: '/plan', content: pdf() }, { '#action': 'upload' }),
    );
    const first = await visitor.get(PLAN);
    expect(mainText(first)).to.contain('plan.pdf (2 kB)');
    const [link = ''] = linksIn(first);
    await follow(sendPlan(visitor, pdf(9_000, 'b'), { name: 'better.pdf' }));
    const check = await visitor.get(`${PERMIT_FORM}?step=check`);
    expect(mainText(check)).to.contain('better.pdf (9 kB)').and.not.to.contain('plan.pdf');
    // What was replaced is gone.
    expect((await visitor.get(link)).status).to.equal(404);
    expect(await running().host.store.files.find(link.split('/').at(-1) ?? '')).to.equal(undefined);
    const removed = await visitor.send(PLAN, multipart([], { '#action': 'remove' }), MULTIPART);
    expect(removed.location).to.equal(PLAN);
    expect(mainText(await visitor.get(PLAN))).not.to.contain('better.pdf');
    const empty = await upload(visitor, PLAN, { field: '/plan', name: '', content: pdf(0) });
    expect([empty.status, mainText(empty)]).to.deep.equal([422, mainText(empty)]);
    expect(mainText(empty)).to.contain('Upload your drawing');
    // Nor can the form be sent without it.
    const sent = await visitor.post(`${PERMIT_FORM}?step=check`);
    expect(sent.status).to.equal(422);
  });

  it('are kept with a form that is put aside, and swept when it is not kept any more', async () => {
    const visitor = await atPlan();
    await follow(
      upload(visitor, PLAN, { field: '/plan', content: pdf() }, { '#action': 'upload' }),
    );
    const [link = ''] = linksIn(await visitor.get(PLAN));
    const id = link.split('/').at(-1) ?? '';
    const saved = await visitor.send(PLAN, multipart([], { '#action': 'save' }), MULTIPART);
    const back = /\/resume\/[\w-]+/u.exec(saved.text)?.[0] ?? '';
    await running().pass(13 * DAY);
    await running().host.store.files.sweep(running().clock.now());
    const other = createVisitor(running().origin);
    await follow(other.get(back));
    const kept = await other.get(link);
    expect(kept.status).to.equal(200);
    await running().pass(2 * DAY);
    expect(await running().host.store.files.sweep(running().clock.now())).to.be.greaterThan(0);
    expect(await running().host.store.files.find(id)).to.equal(undefined);
  });

  it('go with the case: staff take the same bytes away, safely', async () => {
    const content = pdf(200_000, 'k');
    const reference = await begun(content);
    const { caseId } = await openTaskOf(running(), reference);
    const page = await rita.get(`/cases/${caseId}`);
    expect(mainText(page)).to.contain('Plan ä 1.pdf (200 kB)');
    const [link = ''] = linksIn(page);
    const answer = await rita.get(link);
    expect(answer.status).to.equal(200);
    expect(Buffer.from(answer.text)).to.have.length(content.length);
    expect(answer.text).to.equal(content.toString());
    expect(answer.headers).to.include({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="Plan ? 1.pdf"; filename*=UTF-8''Plan%20%C3%A4%201.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    });
    // Files live as long as their case.
    await running().pass(60 * DAY);
    await running().host.store.files.sweep(running().clock.now());
    rita = await signedIn(running(), 'rita@meridian.example');
    expect((await rita.get(link)).status).to.equal(200);
    const stranger = createVisitor(running().origin);
    expect((await stranger.get(link)).location).to.match(/^\/sign-in/);
    const customer = createVisitor(running().origin);
    await follow(customer.get(`/l/${running().host.engine.tokens.forStatus(caseId)}`));
    const status = await customer.get('/status');
    expect((await customer.get(linksIn(status)[0] ?? '')).status).to.equal(200);
    // The way of another case leads to no file.
    const other = (await openTaskOf(running(), await begun())).caseId;
    expect((await rita.get(link.replace(caseId, other))).status).to.equal(404);
  });

  it('are uploaded in tasks and asks, and read by those alone who may', async () => {
    const reference = await begun();
    const task = await openTaskOf(running(), reference);
    const path = `/tasks/${encodeURIComponent(task.id)}`;
    await follow(rita.post(`${path}/claim`));
    const shown = await rita.get(path);
    expect((await rita.get(linksIn(shown)[0] ?? '')).status).to.equal(200);
    await follow(rita.post(`${path}?step=page-1`, [['/$form/note', 'Fine']]));
    const report = { field: '/report', name: 'report.txt', type: 'text/plain' };
    await follow(
      upload(rita, `${path}?step=page-2`, { ...report, content: Buffer.from('All is well.') }),
    );
    const scan = { field: '/$form/scan', name: 'scan.png', type: 'image/png', content: PNG };
    await follow(upload(rita, `${path}?step=page-3`, scan, { '#outcome': 'approve' }));
    await running().rest();
    const customer = await openLink(running(), reference);
    const ask = await customer.get('/status/answer');
    const [link = ''] = linksIn(ask);
    expect((await customer.get(link)).text).to.equal('All is well.');
    const consent = { field: '/consent', name: 'consent.pdf', content: pdf() };
    await follow(upload(customer, '/status/answer?step=page-1', consent, { '#outcome': 'done' }));
    const look = await running().host.engine.look(task.caseId);
    expect(look.data['consent']).to.include({ name: 'consent.pdf', type: 'application/pdf' });
    expect(look.stored.outcome).to.equal('completed');
    // Once nothing is asked any more, the report is the house's own again.
    expect((await customer.get(link)).status).to.equal(404);
  });

  it('may be several in a list, each on a page of its own', async () => {
    const visitor = await atPlan();
    const entry = `${PERMIT_FORM}?step=list-1-entry-1`;
    expect((await visitor.get(entry)).text).to.contain('type="file"');
    const photo = { field: '/photos/0', name: 'a.png', type: 'image/png', content: PNG };
    await follow(upload(visitor, entry, photo));
    const page = await visitor.get(ABOUT);
    expect(mainText(page)).to.contain('a.png');
    expect((await visitor.get(linksIn(page)[0] ?? '')).status).to.equal(200);
    const none = await upload(visitor, `${PERMIT_FORM}?step=list-1-entry-2`, {
      ...{ field: '/photos/1', name: '' },
      content: Buffer.alloc(0),
    });
    expect(none.status).to.equal(422);
  });

  describe('are refused where', () => {
    const refused = async (more: object, content?: Buffer): Promise<readonly [number, string]> => {
      const visitor = await atPlan();
      const answer = await sendPlan(visitor, content, more);
      const error = /govuk-error-message">.*?<\/span>\s*(.*?)<\/p>/su.exec(answer.text)?.[1] ?? '';
      expect(linksIn(await visitor.get(PLAN))).to.deep.equal([]);
      return [answer.status, error];
    };

    it('they are too large', async () => {
      expect(await refused({}, pdf(300_001))).to.deep.equal([
        413,
        'Drawing must be 300 kB or smaller',
      ]);
      expect(await running().host.store.files.sweep(0)).to.equal(0);
    });

    it('they are not what they are called, or not of a type that is taken', async () => {
      const [status, says] = await refused({}, Buffer.from('<html>Hello</html>'));
      expect([status, says]).to.deep.equal([
        422,
        'Drawing must be a file that is what its name says',
      ]);
      expect((await refused({ name: 'a.png', type: 'image/png' }, PNG))[0]).to.equal(422);
      expect((await refused({ name: 'a.pdf' }, PNG))[1]).to.equal(
        'Drawing must be a PDF file, and this is a PNG file',
      );
      expect((await refused({ name: 'a', type: '' }, Buffer.from('x')))[0]).to.equal(422);
      expect((await refused({}, Buffer.alloc(0)))[1]).to.contain('must not be empty');
    });

    const sent = async (body: string | Buffer, type: string): Promise<Answer> => {
      const visitor = await atPlan();
      const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
      const answer = await visitor.send(PLAN, body, { ...headers, 'content-type': type });
      expect(linksIn(await visitor.get(PLAN))).to.deep.equal([]);
      return answer;
    };

    it('a text, or the id of a file, is posted in their place', async () => {
      const reference = await begun();
      const { caseId } = await openTaskOf(running(), reference);
      const { data } = await running().host.engine.look(caseId);
      const plan = JSON.stringify(data['plan']);
      for (const value of [plan, (JSON.parse(plan) as { id: string }).id, '../../etc/passwd']) {
        const visitor = await atPlan();
        const answer = await visitor.post(PLAN, [['/plan', value]]);
        expect([answer.status, mainText(answer)]).to.deep.equal([422, mainText(answer)]);
        expect(mainText(answer)).to.contain('must be a file: choose it again');
      }
      const json = await sent(`{"/plan":${plan}}`, 'application/json');
      expect(json.status).to.equal(415);
    });

    it('the form cannot be read, or has more than one', async () => {
      const { 'content-type': type } = MULTIPART;
      const one = { field: '/plan', name: 'a.pdf', type: 'application/pdf', content: pdf() };
      const bodies: readonly (readonly [string | Buffer, string])[] = [
        ['', type],
        ['nonsense', type],
        ['nonsense', 'multipart/form-data'],
        [multipart([one]).subarray(0, -40), type],
        [multipart([one]).subarray(0, 150), type],
        [multipart([one, one]), type],
        [multipart([{ ...one, field: '/report' }]), type],
        [multipart([one], { __proto__x: 'x' }), type],
        [multipart([], { '/plan': 'x'.repeat(20_000) }), type],
        [
          multipart(
            [one],
            Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`#${at}`, 'x'])),
          ),
          type,
        ],
      ];
      for (const [body, written] of bodies) {
        const { status, text } = await sent(body, written);
        expect([400, 422], text).to.include(status);
      }
    });

    it('the page asks for none, or somebody else sends it', async () => {
      const visitor = createVisitor(running().origin);
      const answer = await upload(visitor, ABOUT, { field: '/plan', content: pdf() });
      expect(answer.status).to.equal(415);
      const foreign = await visitor.send(PLAN, multipart([]), {
        ...MULTIPART,
        'sec-fetch-site': 'cross-site',
      });
      expect(foreign.status).to.equal(403);
      const elsewhere = await visitor.send('/sign-in', multipart([]), MULTIPART);
      expect(elsewhere.status).to.equal(415);
    });

    it('whoever sends them goes away in the middle', async () => {
      const { host, origin } = running();
      const { hostname, port } = new URL(origin);
      const before = new Set<string>();
      const add = host.store.files.add.bind(host.store.files);
      let ended = '';
      host.store.files.add = (file, content) => {
        before.add(file.id);
        return add(file, content).catch((error: unknown) => {
          ended = file.id;
          throw error;
        });
      };
      const socket = connect(Number(port), hostname);
      const body = multipart([
        { field: '/plan', name: 'a.pdf', type: 'application/pdf', content: pdf(290_000) },
      ]);
      const head = [
        `POST ${PLAN} HTTP/1.1`,
        `host: ${hostname}:${port}`,
        `content-type: ${MULTIPART['content-type']}`,
        'sec-fetch-site: same-origin',
        `content-length: ${body.length}`,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      socket.write(body.subarray(0, 200_000), () => socket.destroy());
      await until('the end of the upload', () => Promise.resolve(ended === '' ? undefined : ended));
      host.store.files.add = add;
      expect(await host.store.files.find(ended)).to.equal(undefined);
    });
  });

  it('can be given by nobody who has not uploaded them to that form', async () => {
    const { host } = running();
    const first = await openTaskOf(running(), await begun());
    const second = await openTaskOf(running(), await begun());
    const plan = (await host.engine.look(first.caseId)).data['plan'] ?? null;
    const complete = ({ id }: Task) =>
      host.engine
        .completeTask({
          taskId: id,
          outcome: 'approve',
          form: { data: { report: plan }, own: {} },
          actor: { kind: 'staff', id: 'u', name: 'U' },
          submissionKey: `k-${id}`,
        })
        .then(
          () => 'taken',
          (error: unknown) => (error as { code: string }).code,
        );
    expect(await complete(second)).to.equal('form-refused');
    // Of its own case, it is already there.
    expect(await complete(first)).to.equal('taken');
  });

  it('cannot be brought into a case by hand, but taken out', async () => {
    const { host } = running();
    const first = (await openTaskOf(running(), await begun())).caseId;
    const second = (await openTaskOf(running(), await begun())).caseId;
    const plan = (await host.engine.look(first)).data['plan'] ?? null;
    const actor = { kind: 'staff', id: 'u', name: 'U' } as const;
    const give = (caseId: string, value: Json) =>
      host.engine.operations
        .modify({ caseId, reason: 'A test', actor, set: [{ field: 'report', value }] })
        .then(
          () => 'taken',
          (error: unknown) => (error as Error).message,
        );
    expect(await give(second, plan)).to.contain('A file is uploaded in a form');
    expect(await give(first, plan)).to.equal('taken');
    expect(await give(first, null)).to.equal('taken');
    const ada = await signedIn(running(), 'ada@meridian.example');
    const page = await ada.get(`/cases/${first}/modify`);
    expect(mainText(page))
      .to.contain('Site')
      .and.not.match(/\b(Plan|Report)\b/);
  });

  it('go with their case to another version', async () => {
    const { host, rest } = running();
    const { caseId } = await openTaskOf(running(), await begun());
    await publishPermit(running(), 'A building permit');
    const actor = { kind: 'system', id: 'test', name: 'Test' } as const;
    const { rows } = await host.store.worklist.cases({ workflow: 'permit' }, undefined, 100);
    const from = rows.find(({ id }) => id === caseId)?.workflowVersion ?? 0;
    const change = { kind: 'migrate', workflow: 'permit', to: from + 1, mapping: {} } as const;
    const { data } = await host.engine.look(caseId);
    const operation = await host.engine.bulk.prepare({
      ...{ change, actor, selection: { kind: 'filter', filter: { workflow: 'permit' } } },
    });
    await rest();
    await host.engine.bulk.start(operation, { actor, reason: 'A test' });
    await rest();
    const after = await host.engine.look(caseId);
    expect([after.stored.workflowVersion, after.data]).to.deep.equal([from + 1, data]);
  });
});
