import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Called } from './records.ts';

/** The carrier's own system: it does what it is told, and keeps a log of it. */
export interface Endpoint {
  readonly port: number;
  readonly log: readonly Called[];
  close(): Promise<void>;
}

type Doing = 'book' | 'bill' | 'stamp';

/** How long an answer takes at most, in milliseconds. */
const SLOWEST = 40;

const DOING: ReadonlySet<string> = new Set<Doing>(['book', 'bill', 'stamp']);

/**
 * Starts it on a free port. Of what may be called again it turns some down, and of some it hangs up
 * instead of answering what it has done; `random` says of which.
 */
export async function startEndpoint(random: () => number): Promise<Endpoint> {
  const log: Called[] = [];
  /** The keys under which bills were made, by slip. */
  const bills = new Map<string, string>();

  const find = (slip: string, response: ServerResponse): void => {
    const number = bills.get(slip);
    log.push({ ...said('findBill', '', slip), answer: number === undefined ? 'absent' : 'done' });
    reply(response, number === undefined ? 404 : 200, { number: number ?? '' });
  };

  const act = async (operation: Doing, request: IncomingMessage, response: ServerResponse) => {
    const key = String(request.headers['idempotency-key'] ?? '');
    const { slip } = (await json(request)) as { readonly slip: string };
    const chance = operation === 'stamp' ? 1 : random();
    if (chance < 0.1) {
      log.push({ ...said(operation, key, slip), answer: 'busy' });
      reply(response, 503, { code: 'BUSY' });
      return;
    }
    if (operation === 'bill') bills.set(slip, key);
    log.push({ ...said(operation, key, slip), answer: chance < 0.15 ? 'none' : 'done' });
    await pause(random() * SLOWEST);
    if (chance < 0.15) request.socket.destroy();
    else reply(response, 200, { number: key });
  };

  const server = createServer((request, response) => {
    const [, operation = '', slip = ''] = (request.url ?? '').split('/');
    if (request.method === 'GET') find(decodeURIComponent(slip), response);
    else if (isDoing(operation)) {
      // A host that was killed does not end what it sends.
      act(operation, request, response).catch(() => request.socket.destroy());
    } else reply(response, 404, {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    log,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function isDoing(name: string): name is Doing {
  return DOING.has(name);
}

function said(operation: Called['operation'], key: string, slip: string): Omit<Called, 'answer'> {
  return { operation, key, slip, at: Date.now() };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
