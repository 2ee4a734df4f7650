import { expect } from 'chai';
import type { HttpDestination } from '../../engine/ports/destination.ts';
import { buyOperation, callOf, loopback, shop, withConnectors, withServer } from './support.ts';

const destinations = new Map([['shop', loopback(9)]]);
const manifests = [
  shop(
    {
      buy: buyOperation({
        timeout: '7 seconds',
        input: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } },
      }),
    },
    { defaults: { retry: { attempts: 2, first: '1 second', backoff: 'fixed' } } },
  ),
];

async function refusalOf(opening: Promise<unknown>): Promise<unknown> {
  try {
    await opening;
  } catch (error) {
    return error;
  }
  return expect.fail('it was opened');
}

describe('the connectors of a core', () => {
  it('know the patience with each operation', async () => {
    await withConnectors({ manifests, destinations }, (connectors) => {
      expect(connectors.timeout('shop.buy')).to.equal(7000);
      expect(connectors.retryPolicy('shop.buy')).to.deep.equal({
        attempts: 2,
        first: 1000,
        backoff: 'fixed',
      });
      expect(connectors.timeout('shop.nothing')).to.equal(10_000);
      expect(connectors.retryPolicy('shop.nothing').attempts).to.equal(5);
      return Promise.resolve();
    });
  });

  it('answer for an operation that there is not', async () => {
    const answer = await withConnectors({ manifests, destinations }, (connectors) =>
      connectors.call(callOf('shop.nothing', {})),
    );
    expect(answer).to.include({ kind: 'broken', code: 'unknown-operation' });
  });

  it('send nothing that is not of the declared type, and quote no values', async () => {
    let requests = 0;
    const answer = await withServer(
      () => requests++,
      (port) =>
        withConnectors(
          { manifests, destinations: new Map([['shop', loopback(port)]]) },
          (connectors) => connectors.call(callOf('shop.buy', { sku: 5_551_234 })),
        ),
    );
    expect(answer).to.include({ kind: 'broken', code: 'wrong-input' });
    expect(answer)
      .to.have.property('message')
      .that.includes('/sku')
      .and.does.not.include('5551234');
    expect(requests).to.equal(0);
  });

  it('tell at most five places of a wrong answer', async () => {
    const wide = {
      type: 'object',
      required: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    };
    const answer = await withServer(
      (_, response) => response.setHeader('content-type', 'application/json').end('{}'),
      (port) =>
        withConnectors(
          {
            manifests: [shop({ buy: buyOperation({ output: wide }) })],
            destinations: new Map([['shop', loopback(port)]]),
          },
          (connectors) => connectors.call(callOf('shop.buy', {})),
        ),
    );
    expect(answer).to.have.property('message').that.includes('and 2 more');
  });

  it('are not opened where the environment does not name the destination', async () => {
    const opening = withConnectors({ manifests, destinations, environment: 'production' }, () =>
      Promise.resolve(),
    );
    expect(await refusalOf(opening)).to.include({ code: 'destination-missing' });
  });

  it('are not opened where the destination is not there, or of another kind', async () => {
    for (const wrong of [
      new Map<string, HttpDestination>(),
      new Map([['shop', { kind: 'sql', client: 'sqlite3', file: 'x' } as const]]),
    ]) {
      const opening = withConnectors({ manifests, destinations: wrong }, () => Promise.resolve());
      expect(await refusalOf(opening)).to.include({ code: 'destination-missing' });
    }
  });
});
