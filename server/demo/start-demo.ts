import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCalls } from './calls.ts';
import type { Calls } from './calls.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { startMailSink } from './mail-sink.ts';
import type { Mails } from './mail-sink.ts';
import { openBook } from './oms-book.ts';
import type { Book } from './oms-book.ts';
import { createDesk } from './oms-desk.ts';
import { startOmsMessages } from './oms-messages.ts';
import { startOmsServer } from './oms-server.ts';
import { openPriceData } from './price-data.ts';

export interface DemoSettings {
  /** Where the counterparts keep what they know. */
  readonly dataDir: string;
  /** The host's address for webhooks of `oms`; `/orderConfirmed` is appended. Asked when needed. */
  readonly webhookUrl: () => string;
  /** The secrets `oms-token` and `oms-webhook-key`, as the connectors get them. */
  readonly secrets: { readonly get: (name: string) => string };
  /** (Default: any free ones) */
  readonly ports?: { readonly oms?: number; readonly mail?: number };
  /** Milliseconds between an order and its confirmation. (Default: 2000) */
  readonly confirmAfter?: number;
  /** The host's time in epoch milliseconds. (Default: this machine's) */
  readonly now?: () => number;
}

/** The bundled company's other systems, running on loopback. */
export interface Demo {
  /** Where they are, under the names that the connectors' manifests use for `demo`. */
  readonly destinations: ReadonlyMap<string, DemoDestination>;
  readonly mails: Mails;
  readonly faults: Faults;
  readonly calls: Calls;
  /** What order management knows. */
  readonly book: () => Book;
  /** Resolves when the newest faults have reached the counterparts. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A destination of a connector, as this module makes them. */
export type DemoDestination =
  | {
      readonly kind: 'http';
      readonly baseUrl: string;
      readonly allow: readonly string[];
      readonly headers: Readonly<Record<string, { secret: string; prefix: string }>>;
    }
  | { readonly kind: 'sql'; readonly client: 'sqlite3'; readonly file: string }
  | {
      readonly kind: 'mail';
      readonly host: string;
      readonly port: number;
      readonly security: 'none';
      readonly from: { readonly name: string; readonly address: string };
      readonly allow: readonly string[];
    };

const LOOPBACK = '127.0.0.1';

/** Starts order management, the price database and the mail sink; all of them or none. */
export async function startDemo(settings: DemoSettings): Promise<Demo> {
  const started: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((counterpart) => counterpart.close()));
  };
  const keep = <T extends { close(): Promise<void> }>(counterpart: T): T => {
    started.push(counterpart);
    return counterpart;
  };
  try {
    return { ...(await startAll(settings, keep)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAll(
  { dataDir, webhookUrl, secrets, ports = {}, confirmAfter, now = Date.now }: DemoSettings,
  keep: <T extends { close(): Promise<void> }>(counterpart: T) => T,
): Promise<Omit<Demo, 'close'>> {
  mkdirSync(dataDir, { recursive: true });
  const faults = createFaults();
  const calls = createCalls(now);
  const book = openBook(join(dataDir, 'oms.json'));
  const desk = createDesk(book);
  const key = secrets.get('oms-webhook-key');
  const token = secrets.get('oms-token');
  const pause = confirmAfter === undefined ? {} : { confirmAfter };
  const messages = keep(
    startOmsMessages({ book, desk, webhookUrl, key, faults, calls, now, ...pause }),
  );
  const ordered = (): void => {
    messages.wake();
  };
  const oms = keep(
    await startOmsServer({ desk, token, faults, calls, ordered, ...portOf(ports.oms) }),
  );
  const prices = keep(await openPriceData(join(dataDir, 'prices.sqlite'), faults));
  const sink = keep(await startMailSink({ faults, calls, now, ...portOf(ports.mail) }));
  return {
    destinations: destinationsOf(oms.port, prices.file, sink.port),
    mails: sink.mails,
    faults,
    calls,
    book: () => book.read(),
    settled: () => prices.settled(),
  };
}

function portOf(port: number | undefined): { readonly port?: number } {
  return port === undefined ? {} : { port };
}

function destinationsOf(
  omsPort: number,
  priceFile: string,
  mailPort: number,
): ReadonlyMap<string, DemoDestination> {
  return new Map<string, DemoDestination>([
    [
      'oms-demo',
      {
        kind: 'http',
        baseUrl: `http://${LOOPBACK}:${omsPort}`,
        allow: [`${LOOPBACK}/32:${omsPort}`],
        headers: { authorization: { secret: 'oms-token', prefix: 'Bearer ' } },
      },
    ],
    ['prices-demo', { kind: 'sql', client: 'sqlite3', file: priceFile }],
    [
      'mail-demo',
      {
        kind: 'mail',
        host: LOOPBACK,
        port: mailPort,
        security: 'none',
        from: { name: 'Meridian Components', address: 'quotes@meridian.example' },
        allow: [`${LOOPBACK}/32:${mailPort}`],
      },
    ],
  ]);
}
