import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Problem } from '../../engine/kernel/problem.ts';
import { signedIn } from './quote-journey.ts';
import type { Answer, Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const FOLDER = 'workflows/online-quote';

async function onlineQuote(): Promise<{ name: string; text: string; files: object }> {
  const read = (file: string): Promise<string> => readFile(`${FOLDER}/${file}`, 'utf8');
  const files = {
    'quote-sent.hbs': await read('quote-sent.hbs'),
    'reminder.hbs': await read('reminder.hbs'),
  };
  return { name: 'online-quote', text: await read('workflow.yaml'), files };
}

function send(visitor: Visitor, body: unknown): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return visitor.send('/workflows/check', text, { 'content-type': 'application/json' });
}

function problemsIn({ text }: Answer): readonly Problem[] {
  return (JSON.parse(text) as { problems: readonly Problem[] }).problems;
}

describe('checking a workflow that somebody sends', function () {
  this.timeout(60_000);
  const running = useHost();

  it('gives the list of the checker', async () => {
    const rita = await signedIn(running(), 'rita@meridian.example');
    const right = await onlineQuote();
    const passed = await send(rita, right);
    expect(passed.status, passed.text).to.equal(200);
    expect(problemsIn(passed)).to.deep.equal([]);
    const text = right.text.replace('to: rep-review', 'to: rep-revue');
    const [problem] = problemsIn(await send(rita, { ...right, text }));
    expect(problem?.code).to.equal('unknown-state');
    expect(problem?.fix?.edits).to.have.length(1);
  });

  it('is for those who signed in', async () => {
    const answer = await send(createVisitor(running().origin), await onlineQuote());
    expect(answer.status).to.equal(403);
  });

  for (const body of ['', '{', '[]', '{"name":"a"}', '{"name":"a","text":"b","files":{"c":1}}']) {
    it(`refuses ${body === '' ? 'nothing' : body} with 400`, async () => {
      const rita = await signedIn(running(), 'rita@meridian.example');
      expect((await send(rita, body)).status).to.equal(400);
    });
  }

  it('answers 503, and when to come again, where it could not be looked at', async () => {
    const { host } = running();
    const { check } = host.workshop;
    Object.assign(host.workshop, {
      check: () => Promise.reject(new TrellisError('try-again', 'It took too long.')),
    });
    try {
      const rita = await signedIn(running(), 'rita@meridian.example');
      const answer = await send(rita, await onlineQuote());
      expect(answer.status).to.equal(503);
      expect(Number(answer.headers['retry-after'])).to.be.greaterThan(0);
    } finally {
      Object.assign(host.workshop, { check });
    }
  });
});
