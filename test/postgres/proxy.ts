import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** When a connection breaks: the server has not read a text, has only just got it, or has answered it. */
export type Moment = 'before' | 'during' | 'after';

/** A way to PostgreSQL that can be disturbed. */
export interface Proxy {
  /** The address of the database through this way. */
  readonly url: string;
  /** Breaks all connections; new ones are let through. */
  cut(): void;
  /** Breaks all connections and lets none through, until {@link mend}. */
  close(): void;
  mend(): void;
  /** Breaks all connections and lets the next ones not through, as many as said. */
  refuse(connections: number): void;
  /** Breaks the connection that next sends a text; resolves when it was sent. */
  cutAt(text: string, when: Moment): Promise<void>;
  stop(): Promise<void>;
}

interface Trap {
  readonly text: string;
  readonly when: Moment;
  readonly sprung: () => void;
}

/** Starts a way to the database at an address. */
export async function startProxy(url: string): Promise<Proxy> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let isOpen = true;
  let refused = 0;
  let trap: Trap | undefined;

  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((client) => {
    if (!isOpen || refused > 0) {
      refused = Math.max(refused - 1, 0);
      client.destroy();
      return;
    }
    const database = connect(Number(port), hostname);
    const end = (): void => {
      client.destroy();
      database.destroy();
    };
    let isLost = false;
    client.on('data', (bytes) => {
      if (trap !== undefined && bytes.includes(trap.text)) {
        const { when, sprung } = trap;
        trap = undefined;
        sprung();
        if (when === 'before') {
          end();
          return;
        }
        if (when === 'during') {
          // It reads what it was sent before it learns that nobody listens.
          client.destroy();
          database.end(bytes);
          return;
        }
        isLost = true;
      }
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      // Whatever it answers, it has done what it was asked.
      if (isLost) end();
      else client.write(bytes);
    });
    for (const socket of [client, database]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        if (socket === database) client.destroy();
        else database.end();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    cut,
    close: () => {
      isOpen = false;
      cut();
    },
    mend: () => {
      isOpen = true;
      refused = 0;
    },
    refuse: (connections) => {
      refused = connections;
      cut();
    },
    cutAt: (text, when) =>
      new Promise((resolve) => {
        trap = { text, when, sprung: resolve };
      }),
    stop: async () => {
      cut();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

/** Gives a way to the database at an address, and closes it afterwards. */
export async function withProxy(url: string, work: (proxy: Proxy) => Promise<void>): Promise<void> {
  const proxy = await startProxy(url);
  try {
    await work(proxy);
  } finally {
    await proxy.stop();
  }
}
