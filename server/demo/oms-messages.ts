import { createHmac } from 'node:crypto';
import { request } from 'undici';
import type { Calls } from './calls.ts';
import type { Faults } from './faults.ts';
import type { KeptBook, Pending } from './oms-book.ts';
import type { Desk } from './oms-desk.ts';

export interface OmsMessageSettings {
  readonly book: KeptBook;
  readonly desk: Desk;
  /** Where messages go; `/orderConfirmed` or `/orderRejected` is appended. */
  readonly webhookUrl: () => string;
  readonly key: string;
  readonly faults: Faults;
  readonly calls: Calls;
  /** The time in epoch milliseconds, as the host has it: it is part of what is signed. */
  readonly now: () => number;
  /** Milliseconds between an order and its confirmation. (Default: 2000) */
  readonly confirmAfter?: number;
}

/** Tells the host what became of orders, again and again until it has taken the message. */
export interface OmsMessages {
  /** Looks for orders that nobody was told about yet. */
  wake(): void;
  close(): Promise<void>;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
const DAY = 24 * 60 * 60 * 1000;
const LEAD_DAYS = 10;

/** Starts telling; what an earlier run could not deliver is told as well. */
export function startOmsMessages(settings: OmsMessageSettings): OmsMessages {
  const { book, faults } = settings;
  const timers = new Map<string, NodeJS.Timeout>();
  const under = new Set<Promise<void>>();
  const ending = new AbortController();

  const schedule = (pending: Pending, after: number, tries: number): void => {
    const timer = setTimeout(() => {
      const work = attempt(pending, tries).finally(() => under.delete(work));
      under.add(work);
    }, after);
    timers.set(pending.messageId, timer);
  };
  const attempt = async (pending: Pending, tries: number): Promise<void> => {
    const delivered = await tell(pending, settings, ending.signal);
    if (ending.signal.aborted) return;
    if (delivered) timers.delete(pending.messageId);
    else schedule(pending, Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE), tries + 1);
  };
  const wake = (): void => {
    const fault = faults.of('oms.orderConfirmed');
    const after = fault.kind === 'slow' ? fault.ms : (settings.confirmAfter ?? 2000);
    for (const pending of book.read().pending) {
      if (!timers.has(pending.messageId)) schedule(pending, after, 0);
    }
  };
  wake();
  return {
    wake,
    close: async () => {
      ending.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(under);
    },
  };
}

/** Sends one message; answers whether the host took it. */
async function tell(
  { quoteNo, messageId }: Pending,
  { desk, webhookUrl, key, faults, calls, now }: OmsMessageSettings,
  signal: AbortSignal,
): Promise<boolean> {
  const fault = faults.of('oms.orderConfirmed');
  const name = fault.kind === 'refuse' ? 'orderRejected' : 'orderConfirmed';
  const operation = `oms.${name}`;
  if (fault.kind === 'hang') {
    calls.add({ operation, answer: 'not sent' });
    return false;
  }
  const at = now();
  const promisedDate = new Date(at + LEAD_DAYS * DAY).toISOString().slice(0, 10);
  const body = JSON.stringify(
    fault.kind === 'refuse' ? { quoteNo, reason: fault.code } : { quoteNo, promisedDate },
  );
  const timestamp = String(Math.floor(at / 1000));
  const signedWith = fault.kind === 'wrong' ? 'a key that nobody gave us' : key;
  const mac = createHmac('sha256', signedWith).update(`${messageId}.${timestamp}.${body}`);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': messageId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac.digest('base64')}`,
  };
  const status = await post(`${webhookUrl()}/${name}`, headers, body, signal);
  calls.add({ operation, answer: status === undefined ? 'no answer' : String(status) });
  const taken = status !== undefined && status >= 200 && status < 300;
  if (taken) desk.settle(quoteNo, fault.kind === 'refuse' ? undefined : promisedDate);
  return taken;
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const response = await request(url, { method: 'POST', headers, body, signal });
    await response.body.dump();
    return response.statusCode;
  } catch (error) {
    // The host is not there (yet): the message is sent again later.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
