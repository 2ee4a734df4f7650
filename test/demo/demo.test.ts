import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { createSystemClock } from '../../engine/adapters/system/clock.ts';
import { createWebhooks } from '../../engine/connectors/create-webhooks.ts';
import type { ReceivedMessage } from '../../engine/connectors/webhook/receive-webhook.ts';
import type { ConnectorManifest } from '../../engine/governance/connector-manifest.ts';
import type { Connectors } from '../../engine/ports/connector.ts';
import { startDemo } from '../../server/demo/start-demo.ts';
import type { Demo, DemoSettings } from '../../server/demo/start-demo.ts';
import {
  callOf,
  meridianCompile,
  meridianConnectors,
  secretsOf,
  withConnectors,
  withServer,
} from '../connectors/support.ts';

const SECRETS = secretsOf({
  'oms-token': 'a token of the demo',
  'oms-webhook-key': 'a key of the demo',
  'mail-password': 'unused',
});
const QUOTE = {
  quoteNo: 'Q-2027-1',
  customerId: '5b0e0f57-2f5f-4a0e-9d5c-0c3f3c1f9b11',
  lines: [{ sku: 'A1', qty: 2, unitPrice: '40.00' }],
  netTotal: '80.00',
  validUntil: '2027-03-15',
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-demo-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the counterparts and the bundled company's connectors to them. */
async function withDemo<T>(
  use: (connectors: Connectors, demo: Demo) => Promise<T>,
  more: Partial<DemoSettings> = {},
  change: (manifest: ConnectorManifest) => ConnectorManifest = (manifest) => manifest,
): Promise<T> {
  const demo = await startDemo({
    dataDir: folder,
    webhookUrl: () => 'http://127.0.0.1:9',
    secrets: SECRETS,
    confirmAfter: 0,
    ...more,
  });
  try {
    return await withConnectors(
      {
        manifests: [...meridianConnectors().values()].map(change),
        environment: 'demo',
        destinations: demo.destinations,
        secrets: SECRETS,
      },
      (connectors) => use(connectors, demo),
    );
  } finally {
    await demo.close();
  }
}

/** A host that takes webhooks; each one taken ends a wait for it. */
function host(): {
  readonly listener: RequestListener;
  readonly statuses: number[];
  readonly next: () => Promise<ReceivedMessage>;
} {
  const webhooks = createWebhooks({
    manifests: [...meridianConnectors().values()],
    secrets: SECRETS,
    compile: meridianCompile(),
    clock: createSystemClock(),
  });
  const statuses: number[] = [];
  const taken: ReceivedMessage[] = [];
  const waiting: ((message: ReceivedMessage) => void)[] = [];
  const receive = async (request: IncomingMessage): Promise<number> => {
    const name = `oms.${(request.url ?? '').slice(1)}`;
    const { headers } = request;
    const received = webhooks.receive(name, { headers, rawBody: await buffer(request) });
    if (received.kind === 'refused') return received.status;
    const waiter = waiting.shift();
    if (waiter === undefined) taken.push(received);
    else waiter(received);
    return 202;
  };
  return {
    statuses,
    listener: (request, response) => {
      receive(request).then(
        (status) => {
          statuses.push(status);
          response.writeHead(status).end();
        },
        () => response.destroy(),
      );
    },
    next: () => {
      const message = taken.shift();
      return message === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(message);
    },
  };
}

describe('the bundled company', () => {
  describe('by its own connectors', () => {
    it('knows a customer, and takes a new one for the same whenever it is asked', async () => {
      await withDemo(async (connectors) => {
        const find = (email: string) =>
          connectors.call(callOf('oms.findCustomer', { email, legalName: 'Some Ltd' }));
        expect(await find('b@bo.example')).to.deep.equal({
          kind: 'ok',
          output: {
            id: '8f6f1a52-0d7e-4f6e-8f55-0d9d5c8d2a10',
            segment: 'key',
            priceListId: 'P2',
          },
        });
        const stranger = await find('new@stranger.example');
        expect(stranger).to.have.nested.property('output.segment', 'retail');
        expect(await find('NEW@stranger.example')).to.deep.equal(stranger);
      });
    });

    it('reserves once, and releases once', async () => {
      await withDemo(async (connectors, demo) => {
        const lines = [{ sku: 'A1', qty: 2 }];
        const reserve = (input: object, idempotencyKey: string) =>
          connectors.call(callOf('oms.reserveStock', { lines, ...input }, { idempotencyKey }));
        const first = await reserve({}, 'k1');
        expect(await reserve({}, 'k1')).to.deep.equal(first);
        const id = first.kind === 'ok' ? (first.output as { readonly id: string }).id : '';
        expect(await reserve({ reservationId: id, quoteNo: 'Q1' }, 'k2')).to.deep.equal(first);
        expect(await reserve({}, 'k3')).not.to.deep.equal(first);
        for (let times = 0; times < 2; times++) {
          const released = await connectors.call(callOf('oms.releaseReservation', { id }));
          expect(released).to.deep.equal({ kind: 'ok', output: { released: true } });
        }
        expect(demo.book().reservations.map(({ released }) => released)).to.deep.equal([
          true,
          false,
        ]);
      });
    });

    for (const [sku, code] of [
      ['D1', 'NO_STOCK'],
      ['NOPE', 'UNKNOWN_SKU'],
    ] as const) {
      it(`does not reserve what it has not: ${code}`, async () => {
        await withDemo(async (connectors) => {
          const lines = [{ sku, qty: 401 }];
          const answer = await connectors.call(callOf('oms.reserveStock', { lines }));
          expect(answer).to.include({ kind: 'final', code });
        });
      });
    }

    it('tells prices to the cent, by price list', async () => {
      await withDemo(async (connectors) => {
        const lines = [
          { sku: 'B1', qty: 3 },
          { sku: 'A1', qty: 900 },
        ];
        const answer = await connectors.call(callOf('pricing.lookup', { priceList: 'P1', lines }));
        expect(answer).to.deep.equal({
          kind: 'ok',
          output: {
            lines: [
              { sku: 'B1', qty: 3, unitPrice: '19.99' },
              { sku: 'A1', qty: 900, unitPrice: '40.00' },
            ],
            netTotal: '36059.97',
          },
        });
        const key = await connectors.call(callOf('pricing.lookup', { priceList: 'P2', lines }));
        expect(key).to.have.nested.property('output.netTotal', '32453.97');
      });
    });

    it('has no price for what is made to order', async () => {
      await withDemo(async (connectors) => {
        const lines = [{ sku: 'S1', qty: 1 }];
        const answer = await connectors.call(callOf('pricing.lookup', { priceList: 'P1', lines }));
        expect(answer).to.include({ kind: 'final', code: 'NO_PRICE' });
      });
    });

    it('takes mails', async () => {
      await withDemo(async (connectors, demo) => {
        const mail = { to: 'ada@ada.example', subject: 'Your quote', text: 'Hello' };
        expect(await connectors.call(callOf('mail.send', mail))).to.include({ kind: 'ok' });
        expect(demo.mails.list().map(({ subject }) => subject)).to.deep.equal(['Your quote']);
      });
    });

    it('turns away whoever has no token', async () => {
      await withDemo(
        async (connectors) => {
          const answer = await connectors.call(callOf('oms.getOrder', { quoteNo: 'Q1' }));
          expect(answer).to.include({ kind: 'broken', code: 'http-401' });
        },
        { secrets: { get: () => 'another' } },
      );
    });
  });

  describe('makes one order of one quote', () => {
    const create = (connectors: Connectors, earlier: 'none' | 'unsure' = 'none') =>
      connectors.call(callOf('oms.createOrder', { quote: QUOTE }, { earlier }));
    const one = { order: { orderNo: 'O-10001', quoteNo: 'Q-2027-1', status: 'open' } };

    it('where the answer was lost, by asking the ledger first', async () => {
      await withDemo(
        async (connectors, demo) => {
          demo.faults.set('oms.createOrder', { kind: 'hang' });
          expect(await create(connectors)).to.include({ kind: 'retry' });
          demo.faults.clear();
          expect(await create(connectors, 'unsure')).to.deep.equal({ kind: 'ok', output: one });
          expect(demo.calls.list().map(({ operation }) => operation)).to.include('oms.getOrder');
          expect(demo.book().orders).to.have.length(1);
        },
        {},
        impatient,
      );
    });

    it('where nothing had happened yet', async () => {
      await withDemo(async (connectors, demo) => {
        demo.faults.set('oms.createOrder', { kind: 'fail' });
        expect(await create(connectors)).to.include({ kind: 'retry', code: 'http-500' });
        demo.faults.clear();
        expect(await create(connectors, 'unsure')).to.deep.equal({ kind: 'ok', output: one });
        expect(demo.book().orders).to.have.length(1);
      });
    });

    it('over a restart of everything', async () => {
      await withDemo((connectors) => create(connectors));
      await withDemo(async (connectors, demo) => {
        expect(await create(connectors)).to.deep.equal({ kind: 'ok', output: one });
        expect(demo.book().orders).to.have.length(1);
      });
    });
  });

  describe('can be told to misbehave', () => {
    const getOrder = (connectors: Connectors) =>
      connectors.call(callOf('oms.createOrder', { quote: QUOTE }));
    const lookUp = (connectors: Connectors) =>
      connectors.call(
        callOf('pricing.lookup', { priceList: 'P1', lines: [{ sku: 'A1', qty: 1 }] }),
      );

    for (const [fault, expected] of [
      [{ kind: 'fail' }, { kind: 'retry', code: 'http-500' }],
      [{ kind: 'wrong' }, { kind: 'broken', code: 'wrong-answer' }],
      [
        { kind: 'refuse', code: 'CREDIT_HOLD' },
        { kind: 'final', code: 'CREDIT_HOLD' },
      ],
      [
        { kind: 'refuse', code: 'BUSY' },
        { kind: 'retry', code: 'BUSY' },
      ],
      [{ kind: 'slow', ms: 5 }, { kind: 'ok' }],
      [{ kind: 'hang' }, { kind: 'retry', code: 'timeout' }],
    ] as const) {
      it(`order management: ${JSON.stringify(fault)}`, async () => {
        await withDemo(
          async (connectors, demo) => {
            expect(demo.faults.set('oms.createOrder', fault)).to.equal(true);
            const answer = await getOrder(connectors);
            expect(answer.kind).to.equal(expected.kind);
            if (fault.kind !== 'hang') expect(answer).to.include(expected);
            demo.faults.clear();
            expect(await getOrder(connectors)).to.include({ kind: 'ok' });
          },
          {},
          fault.kind === 'hang' ? impatient : undefined,
        );
      });
    }

    for (const [fault, expected] of [
      [{ kind: 'fail' }, { kind: 'retry' }],
      [{ kind: 'wrong' }, { kind: 'broken', code: 'wrong-answer' }],
      [
        { kind: 'refuse', code: '' },
        { kind: 'final', code: 'NO_PRICE' },
      ],
    ] as const) {
      it(`the price database: ${fault.kind}`, async () => {
        await withDemo(async (connectors, demo) => {
          demo.faults.set('pricing.lookup', fault);
          await demo.settled();
          expect(await lookUp(connectors)).to.include(expected);
          demo.faults.clear();
          await demo.settled();
          expect(await lookUp(connectors)).to.include({ kind: 'ok' });
        });
      });
    }

    it('but not to do what it cannot', async () => {
      await withDemo((_, demo) => {
        expect(demo.faults.set('oms.getOrder', { kind: 'refuse', code: 'X' })).to.equal(false);
        expect(demo.faults.set('oms.nothing', { kind: 'ok' })).to.equal(false);
        const kinds = demo.faults.list().map(({ fault }) => fault.kind);
        expect(new Set(kinds)).to.deep.equal(new Set(['ok']));
        return Promise.resolve();
      });
    });
  });

  describe('tells what became of an order', () => {
    const order = (connectors: Connectors) =>
      connectors.call(callOf('oms.createOrder', { quote: QUOTE }));

    it('by a signed message, once', async () => {
      const told = host();
      await withServer(told.listener, (port) =>
        withDemo(
          async (connectors, demo) => {
            await order(connectors);
            const message = await told.next();
            expect(message).to.deep.include({ name: 'oms.orderConfirmed', key: 'Q-2027-1' });
            expect(message.body).to.have.keys('quoteNo', 'promisedDate');
            await until(() => demo.book().pending.length === 0);
            expect(demo.book().orders[0]).to.include({ status: 'confirmed' });
          },
          { webhookUrl: () => `http://127.0.0.1:${port}` },
        ),
      );
      expect(told.statuses).to.deep.equal([202]);
    });

    it('by a rejection', async () => {
      const told = host();
      await withServer(told.listener, (port) =>
        withDemo(
          async (connectors, demo) => {
            demo.faults.set('oms.orderConfirmed', { kind: 'refuse', code: 'OUT_OF_PRODUCTION' });
            await order(connectors);
            const { name, body } = await told.next();
            expect(name).to.equal('oms.orderRejected');
            expect(body).to.deep.equal({ quoteNo: 'Q-2027-1', reason: 'OUT_OF_PRODUCTION' });
          },
          { webhookUrl: () => `http://127.0.0.1:${port}` },
        ),
      );
    });

    it('and is not believed with another key', async () => {
      const told = host();
      await withServer(told.listener, (port) =>
        withDemo(
          async (connectors, demo) => {
            demo.faults.set('oms.orderConfirmed', { kind: 'wrong' });
            await order(connectors);
            await until(() => told.statuses.length > 0);
            expect(told.statuses[0]).to.equal(401);
            expect(demo.book().pending).to.have.length(1);
          },
          { webhookUrl: () => `http://127.0.0.1:${port}` },
        ),
      );
    });

    it('after a restart, where nobody was there to be told', async () => {
      const told = host();
      await withDemo(async (connectors, demo) => {
        await order(connectors);
        await until(() => demo.calls.list().some(({ answer }) => answer === 'no answer'));
      });
      await withServer(told.listener, (port) =>
        withDemo(
          async () => {
            expect(await told.next()).to.include({ key: 'Q-2027-1' });
          },
          { webhookUrl: () => `http://127.0.0.1:${port}` },
        ),
      );
    });
  });
});

/** The same connector with little patience. */
function impatient(manifest: ConnectorManifest): ConnectorManifest {
  return manifest.kind === 'http'
    ? { ...manifest, defaults: { ...manifest.defaults, timeout: '1 second' } }
    : manifest;
}

/** Waits for a condition, looking whenever something else could have happened. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
