import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import { admission } from '../../server/admission/admission.ts';
import { admittedOf } from '../../server/admission/admitted.ts';
import { readInTime } from '../../server/admission/read-in-time.ts';
import { failureOf } from '../../server/errors/status-of.ts';
import { until } from '../until.ts';

interface Door {
  /** Sends the head of a request, and its body if it has one. */
  readonly send: (path: string, headers?: Record<string, number>, body?: string) => ClientRequest;
  /** How many requests are being handled. */
  readonly handled: () => number;
  /** Lets all of them be answered. */
  readonly answer: () => void;
}

/** A server that takes four requests, works on one at a time, and answers when it is told to. */
async function withDoor(patience: number, work: (door: Door) => Promise<void>): Promise<void> {
  const app = express();
  const handled = new Set<() => void>();
  app.use(admission({ requests: 4, atWork: 1, bodies: 1000, patience }));
  app.post('/form', readInTime(express.text({ type: () => true }), 50));
  app.use(async (_request, response) => {
    await admittedOf(response)?.handle(async () => {
      await new Promise<void>((resolve) => handled.add(resolve));
      response.end('done');
    });
  });
  const answerFailure: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, code } = failureOf(error);
    response.status(status).send(code);
  };
  app.use(answerFailure);
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await work({
      send: (path, headers = {}, body) => {
        const method = path === '/form' ? 'POST' : 'GET';
        const sent = request({ port, path, method, headers, agent: false });
        sent.on('error', () => undefined);
        if (body === undefined && method === 'POST') sent.flushHeaders();
        else sent.end(body);
        return sent;
      },
      handled: () => handled.size,
      answer: () => {
        for (const end of handled) end();
        handled.clear();
      },
    });
  } finally {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

async function answerTo(sent: ClientRequest): Promise<readonly [number | undefined, string]> {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of answer) text += String(piece);
  return [answer.statusCode, text];
}

describe('the admission of requests', () => {
  it('works on one after the other, and refuses who waits too long', () =>
    withDoor(50, async ({ send, handled, answer }) => {
      const first = answerTo(send('/'));
      await until('the first', () => handled() === 1);
      expect(await answerTo(send('/'))).to.deep.equal([503, 'overloaded']);
      answer();
      expect(await first).to.deep.equal([200, 'done']);
    }));

  it('lets others pass while a body comes, and refuses one that does not come', () =>
    withDoor(10_000, async ({ send, handled, answer }) => {
      const slow = answerTo(send('/form', { 'content-length': 10 }));
      const other = answerTo(send('/'));
      await until('the other', () => handled() === 1);
      answer();
      expect(await other).to.deep.equal([200, 'done']);
      expect(await slow).to.deep.equal([408, 'too-slow']);
    }));

  it('keeps a bound on the bytes of bodies that come at once', () =>
    withDoor(10_000, async ({ send, handled, answer }) => {
      const body = 'x'.repeat(700);
      const first = answerTo(send('/form', { 'content-length': 700 }, body));
      await until('the first', () => handled() === 1);
      expect(await answerTo(send('/form', { 'content-length': 400 }))).to.include(429);
      answer();
      expect(await first).to.deep.equal([200, 'done']);
    }));

  it('counts a request that its client has left until it is over', () =>
    withDoor(10_000, async ({ send, handled, answer }) => {
      const left = send('/');
      await until('it', () => handled() === 1);
      left.destroy();
      // With the one that was left there is room for two.
      const three = [send('/'), send('/'), send('/')].map(answerTo);
      expect(await Promise.race(three)).to.deep.equal([429, 'too-many-at-once']);
      expect(handled()).to.equal(1);
      for (let times = 0; times < 3; times++) {
        await until('the next', () => handled() === 1);
        answer();
      }
      const statuses = (await Promise.all(three)).map(([status]) => status);
      expect(statuses.sort()).to.deep.equal([200, 200, 429]);
    }));
});
