import pg from 'pg';
import type { Neighbours, News } from '../../ports/neighbours.ts';

/** The neighbours of a host on PostgreSQL, over a connection of its own. */
export interface PgNeighbours extends Neighbours {
  /** Ends the connection, after what was told has been said. */
  close(): Promise<void>;
}

interface Listening {
  readonly listener: (news: News) => void;
  readonly poll: NodeJS.Timeout;
}

const CHANNEL = 'trellis_news';
/** How often what was published is looked for without word of it, in milliseconds. */
const POLL = 5_000;
/** How long to wait before connecting again, in milliseconds. */
const RECONNECT = 500;
const CONNECT_LIMIT = 5_000;

/**
 * Creates the neighbours on a database. It connects when somebody first hears or tells, and again
 * whenever the connection breaks; what was told meanwhile is lost. Host and pooler between must
 * leave this one connection to one session: it listens.
 */
export function createPgNeighbours(url: string): PgNeighbours {
  const listening = new Set<Listening>();
  const untold = new Set<News>();
  let client: Promise<pg.Client | undefined> | undefined;
  let again: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;
  let closed = false;

  const connected = (): Promise<pg.Client | undefined> => (client ??= connect());

  const connect = async (): Promise<pg.Client | undefined> => {
    const made = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_LIMIT,
      query_timeout: CONNECT_LIMIT,
    });
    let isLost = false;
    const lost = (): void => {
      if (isLost) return;
      isLost = true;
      client = undefined;
      if (closed || listening.size === 0) return;
      clearTimeout(again);
      again = setTimeout(() => void connected(), RECONNECT).unref();
    };
    // Both the error and the end of a connection are told; what comes of them is the same.
    made.on('error', lost);
    made.on('end', lost);
    made.on('notification', ({ processId, payload }) => {
      if (processId !== ownProcess(made)) said(payload);
    });
    try {
      await made.connect();
      await made.query(`listen ${CHANNEL}`);
      return made;
    } catch {
      lost();
      await made.end().catch(() => undefined);
      return undefined;
    }
  };

  const said = (payload: string | undefined): void => {
    if (payload !== 'jobs' && payload !== 'published') return;
    for (const { listener } of listening) listener(payload);
  };

  const tellAll = async (): Promise<void> => {
    // A microtask later, so that all steps of a batch are told of once.
    await Promise.resolve();
    for (const news of untold) {
      // What is told from here on is told anew.
      untold.delete(news);
      const connection = await connected();
      await connection?.query('select pg_notify($1, $2)', [CHANNEL, news]).catch(() => undefined);
    }
    telling = undefined;
  };

  return {
    tell: (news) => {
      if (closed) return;
      untold.add(news);
      telling ??= tellAll();
    },
    hear: (listener) => {
      const poll = setInterval(() => {
        listener('published');
      }, POLL).unref();
      const one = { listener, poll };
      listening.add(one);
      void connected();
      return () => {
        clearInterval(poll);
        listening.delete(one);
      };
    },
    close: async () => {
      await telling;
      closed = true;
      clearTimeout(again);
      for (const { poll } of listening) clearInterval(poll);
      await (await client)?.end().catch(() => undefined);
    },
  };
}

/** The server's process behind a connection, by which it knows its own word. */
function ownProcess(client: pg.Client): number | undefined {
  return (client as { readonly processID?: number }).processID;
}
