import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How often a balancer asks whether hosts are ready, in milliseconds. */
const ASK = 100;

/** Shares out requests among hosts that are ready, in turns; it tries none a second time. */
export interface Balancer {
  readonly origin: string;
  add(origin: string): Promise<void>;
  /** How many requests a host has answered. */
  answered(origin: string): number;
  stop(): Promise<void>;
}

/** Starts a balancer without hosts. */
export async function startBalancer(): Promise<Balancer> {
  const hosts = new Map<string, boolean>();
  const counts = new Map<string, number>();
  const agent = new Agent({ keepAlive: true });
  let turn = 0;

  const look = async (origin: string): Promise<void> => {
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    hosts.set(origin, answer?.status === 200);
  };
  const asking = setInterval(() => {
    for (const origin of hosts.keys()) void look(origin);
  }, ASK);

  const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const ready = [...hosts].filter(([, isReady]) => isReady).map(([origin]) => origin);
    const origin = ready[turn++ % ready.length];
    const failed = (error: unknown): void => {
      outgoing.writeHead(502).end(String(error));
    };
    if (origin === undefined) {
      failed('no host is ready');
      return;
    }
    const { method = 'GET', url = '/', headers } = incoming;
    const asked = request(`${origin}${url}`, { method, headers, agent }, (answer) => {
      counts.set(origin, (counts.get(origin) ?? 0) + 1);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    asked.on('error', failed);
    incoming.pipe(asked);
  };
  const server = createServer(forward);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: look,
    answered: (origin) => counts.get(origin) ?? 0,
    stop: async () => {
      clearInterval(asking);
      agent.destroy();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
