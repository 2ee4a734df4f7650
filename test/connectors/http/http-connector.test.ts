import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';
import type { ConnectorAnswer } from '../../../engine/ports/connector.ts';
import type { HttpDestination } from '../../../engine/ports/destination.ts';
import {
  buyOperation,
  callOf,
  loopback,
  secretsOf,
  shop,
  withConnectors,
  withServer,
} from '../support.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

function respond(status: number, body: string, headers: Record<string, string> = JSON_TYPE) {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Buys something from a shop that answers as told. */
function buyFrom(
  listener: RequestListener,
  operation = buyOperation(),
  destination: Partial<HttpDestination> = {},
): Promise<ConnectorAnswer> {
  return withServer(listener, (port) =>
    withConnectors(
      {
        manifests: [shop({ buy: operation })],
        destinations: new Map([['shop', loopback(port, destination)]]),
        secrets: secretsOf({ 'shop-token': 's3cret' }),
      },
      (connectors) => connectors.call(callOf('shop.buy', { sku: 'A1' })),
    ),
  );
}

describe('the http connector', () => {
  it('sends the request that the manifest describes, with the secret and the idempotency key', async () => {
    let seen: unknown;
    const answer = await buyFrom(
      (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          seen = {
            line: `${request.method ?? ''} ${request.url ?? ''}`,
            type: request.headers['content-type'],
            token: request.headers['x-token'],
            key: request.headers['idempotency-key'],
            body: Buffer.concat(chunks).toString(),
          };
          response.writeHead(200, JSON_TYPE).end('{"id":"7"}');
        });
      },
      buyOperation(),
      { headers: { 'x-token': { secret: 'shop-token', prefix: 'Token ' } } },
    );
    expect(answer).to.deep.equal({ kind: 'ok', output: { id: '7' } });
    expect(seen).to.deep.equal({
      line: 'POST /buy',
      type: 'application/json',
      token: 'Token s3cret',
      key: 'case-1/2/0',
      body: '{"sku":"A1"}',
    });
  });

  it('takes an empty answer for an empty object', async () => {
    const operation = buyOperation({ output: { type: 'object' } });
    const answer = await buyFrom((_, response) => response.writeHead(204).end(), operation);
    expect(answer).to.deep.equal({ kind: 'ok', output: {} });
  });

  it('quotes the place and the rule of a wrong answer, but no value', async () => {
    const answer = await buyFrom(respond(200, '{"id":"a very secret and long identifier"}'));
    expect(answer).to.include({ kind: 'broken', code: 'wrong-answer' });
    expect(answer).to.have.property('message').that.includes('/id must not be longer than 20');
    expect(answer).to.have.property('message').that.does.not.include('secret');
  });

  const wrong: readonly [string, RequestListener, string][] = [
    ['no JSON', respond(200, 'fine'), 'is not JSON'],
    ['HTML', respond(200, '<p>', { 'content-type': 'text/html' }), 'content type'],
    ['deep JSON', respond(200, '['.repeat(40_000) + ']'.repeat(40_000)), 'deeper than 32'],
    ['a huge body', respond(200, JSON.stringify('x'.repeat(1_100_000))), 'more than 1048576 bytes'],
    ['no HTTP', (request) => request.socket.end('hello'), 'not HTTP'],
  ];
  for (const [what, listener, message] of wrong) {
    it(`calls ${what} a wrong answer`, async () => {
      const answer = await buyFrom(listener);
      expect(answer).to.include({ kind: 'broken', code: 'wrong-answer' });
      expect(answer).to.have.property('message').that.includes(message);
    });
  }

  it('follows no redirect', async () => {
    let elsewhere = 0;
    const answer = await buyFrom((request, response) => {
      if (request.url !== '/buy') elsewhere++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(answer).to.include({ kind: 'broken', code: 'http-302' });
    expect(elsewhere).to.equal(0);
  });

  it('tries again later where nobody listens, knowing that nothing happened', async () => {
    const port = await withServer(respond(200, '{}'), (free) => Promise.resolve(free));
    const answer = await withConnectors(
      {
        manifests: [shop({ buy: buyOperation() })],
        destinations: new Map([['shop', loopback(port)]]),
      },
      (connectors) => connectors.call(callOf('shop.buy', {})),
    );
    expect(answer).to.include({ kind: 'retry', code: 'no-connection', certainly: 'not done' });
  });

  it('does not know what happened where the connection broke', async () => {
    const answer = await buyFrom((request) => request.socket.destroy());
    expect(answer).to.include({ kind: 'retry', code: 'no-answer' });
    expect(answer).not.to.have.property('certainly');
  });

  it('is broken where its secret is missing', async () => {
    const headers = { 'x-token': { secret: 'nobody-set-it' } };
    const answer = await buyFrom(respond(200, '{"id":"7"}'), buyOperation(), { headers });
    expect(answer).to.include({ kind: 'broken', code: 'secret-missing' });
  });

  for (const [what, begin] of [
    ['never answers', () => undefined],
    [
      'drips its answer',
      (response: ServerResponse) => response.writeHead(200, JSON_TYPE).write('{"id":'),
    ],
  ] as const) {
    it(`gives up a server that ${what}`, async () => {
      const clock = createSimulatedClock(0);
      let reached = (): void => undefined;
      const asked = new Promise<void>((resolve) => (reached = resolve));
      const listener: RequestListener = (_, response) => {
        begin(response);
        reached();
      };
      const answer = await withServer(listener, (port) =>
        withConnectors(
          {
            manifests: [shop({ buy: buyOperation({ timeout: '3 seconds' }) })],
            destinations: new Map([['shop', loopback(port)]]),
            clock,
          },
          async (connectors) => {
            const pending = connectors.call(callOf('shop.buy', {}));
            await asked;
            clock.advance(3000);
            return pending;
          },
        ),
      );
      expect(answer).to.include({ kind: 'retry' });
      expect(answer).not.to.have.property('certainly');
    });
  }

  it('ends early when its caller ends it', async () => {
    const controller = new AbortController();
    const answer = await withServer(
      () => {
        controller.abort();
      },
      (port) =>
        withConnectors(
          {
            manifests: [shop({ buy: buyOperation() })],
            destinations: new Map([['shop', loopback(port)]]),
          },
          (connectors) => connectors.call(callOf('shop.buy', {}, { signal: controller.signal })),
        ),
    );
    expect(answer).to.include({ kind: 'retry' });
  });

  describe('reaches no address that it may not', () => {
    const forms = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '[::1]',
      '[::]',
      '0.0.0.0',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      'localhost',
    ];
    for (const host of forms) {
      it(host, async () => {
        const sockets: unknown[] = [];
        const trap = createServer((socket) => sockets.push(socket.destroy()));
        await new Promise<void>((resolve) => trap.listen(0, '::', resolve));
        const { port } = trap.address() as AddressInfo;
        try {
          const answer = await withConnectors(
            {
              manifests: [shop({ buy: buyOperation() })],
              destinations: new Map([
                ['shop', { kind: 'http', baseUrl: `http://${host}:${port}` } as const],
              ]),
            },
            (connectors) => connectors.call(callOf('shop.buy', {})),
          );
          expect(answer).to.include({ kind: 'broken', code: 'address-refused' });
          expect(sockets).to.deep.equal([]);
        } finally {
          await new Promise((resolve) => trap.close(resolve));
        }
      });
    }

    it('a name that stands for this machine, however it is looked up', async () => {
      const answer = await withConnectors(
        {
          manifests: [shop({ buy: buyOperation() })],
          destinations: new Map([
            ['shop', { kind: 'http', baseUrl: 'http://shop.example' } as const],
          ]),
          lookUp: () => Promise.resolve([{ address: '127.0.0.1' }, { address: '10.0.0.8' }]),
        },
        (connectors) => connectors.call(callOf('shop.buy', {})),
      );
      expect(answer).to.include({ kind: 'broken', code: 'address-refused' });
    });

    it('another port of a permitted network', async () => {
      const answer = await buyFrom(respond(200, '{"id":"7"}'), buyOperation(), {
        allow: ['127.0.0.1/32:1'],
      });
      expect(answer).to.include({ kind: 'broken', code: 'address-refused' });
    });
  });

  it('connects to the address that was checked, whatever the name says later', async () => {
    let lookups = 0;
    const answer = await withServer(respond(200, '{"id":"7"}'), (port) =>
      withConnectors(
        {
          manifests: [shop({ buy: buyOperation() })],
          destinations: new Map([
            ['shop', loopback(port, { baseUrl: `http://shop.invalid:${port}` })],
          ]),
          lookUp: () => {
            lookups++;
            return Promise.resolve([{ address: '127.0.0.1' }]);
          },
        },
        (connectors) => connectors.call(callOf('shop.buy', {})),
      ),
    );
    expect(answer.kind).to.equal('ok');
    expect(lookups).to.equal(1);
  });

  for (const baseUrl of [
    'shop.example',
    'ftp://shop.example',
    'http://a:b@shop.example',
    'http://shop.example/?x',
  ]) {
    it(`refuses the base address ${baseUrl}`, () => {
      const opening = withConnectors(
        {
          manifests: [shop({ buy: buyOperation() })],
          destinations: new Map([['shop', { kind: 'http', baseUrl } as const]]),
        },
        () => Promise.resolve('opened'),
      );
      return opening.then(
        () => expect.fail('it was opened'),
        (error: unknown) => expect(error).to.include({ code: 'destination-malformed' }),
      );
    });
  }
});
