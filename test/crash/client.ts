import { createHash, createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Json } from '../../engine/kernel/json.ts';
import { WEBHOOK_SECRET } from './workspace.ts';

/** What a host has answered for good. */
export interface Reply {
  readonly status: number;
  readonly answer: Json;
  readonly at: number;
  /** Where a redirect leads. (Default: it is none) */
  readonly location?: string;
  /** The cookies that were set, as they are sent back. (Default: none) */
  readonly cookie?: string;
}

export interface ClientSettings {
  /** Where hosts are, each with its own cookie of the person who does the tasks. */
  readonly hosts: readonly { readonly origin: string; cookie: string }[];
  readonly token: string;
  readonly random: () => number;
  /** Whether nobody waits for an answer any more. */
  readonly isOver: () => boolean;
}

/** Milliseconds before a request is sent again that was not answered. */
const AGAIN = 20;
/** Milliseconds that an answer may take; a host that was stopped never answers. */
const PATIENCE = 3_000;

/** Connections to each host. */
const CONNECTIONS = 50;

/** Asks hosts, and asks again until one answers: whatever was not answered may have happened. */
export class Client {
  readonly #settings: ClientSettings;
  readonly #agent = new Agent({
    headersTimeout: PATIENCE,
    bodyTimeout: PATIENCE,
    connections: CONNECTIONS,
  });
  #failures = 0;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  /** How many requests a host has answered with 500: none may be. */
  get failures(): number {
    return this.#failures;
  }

  /** Sends something to the API under a key. */
  api(path: string, key: string, body: object): Promise<Reply> {
    const { token } = this.#settings;
    return this.#persist(path, JSON.stringify(body), () => ({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    }));
  }

  see(caseId: string): Promise<Reply> {
    const { token } = this.#settings;
    return this.#persist(`/api/cases/${caseId}`, undefined, () => ({
      authorization: `Bearer ${token}`,
    }));
  }

  /** Sends a message of the carrier, signed as it does. */
  message(name: 'delivered' | 'seen', id: string, body: object): Promise<Reply> {
    const text = JSON.stringify(body);
    return this.#persist(`/webhooks/carrier/${name}`, text, () => {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const mac = createHmac('sha256', WEBHOOK_SECRET).update(`${id}.${timestamp}.${text}`);
      return {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${mac.digest('base64')}`,
      };
    });
  }

  /** Posts a form of the pages, as the person who does the tasks unless another cookie is given. */
  form(path: string, fields: Readonly<Record<string, string>>, cookie?: string): Promise<Reply> {
    return this.#persist(path, new URLSearchParams(fields).toString(), (host) => ({
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      cookie: cookie ?? host.cookie,
    }));
  }

  /** Opens a page as somebody who is not signed in. */
  page(path: string, cookie = ''): Promise<Reply> {
    return this.#persist(path, undefined, () => ({ cookie }));
  }

  /** Signs the person in at every host. */
  async signIn(email: string, password: string): Promise<void> {
    for (const host of this.#settings.hosts) {
      const { statusCode, headers, body } = await request(`${host.origin}/sign-in`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
        },
        body: new URLSearchParams({ email, password }).toString(),
      });
      await body.dump();
      host.cookie = cookiesOf(headers['set-cookie']) ?? '';
      if (statusCode !== 303 || host.cookie === '') throw new Error(`Sign-in: ${statusCode}`);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #persist(
    path: string,
    body: string | undefined,
    headersFor: (host: { readonly cookie: string }) => Readonly<Record<string, string>>,
  ): Promise<Reply> {
    while (!this.#settings.isOver()) {
      const reply = await this.#ask(path, body, headersFor).catch(() => undefined);
      if (reply !== undefined) return reply;
      await pause(AGAIN);
    }
    throw new Error('It is over.');
  }

  /** Asks one of the hosts once; `undefined` for what was not answered for good. */
  async #ask(
    path: string,
    body: string | undefined,
    headersFor: (host: { readonly cookie: string }) => Readonly<Record<string, string>>,
  ): Promise<Reply | undefined> {
    const { hosts, random } = this.#settings;
    const host = hosts[Math.floor(random() * hosts.length)];
    if (host === undefined) return undefined;
    const response = await request(`${host.origin}${path}`, {
      dispatcher: this.#agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: headersFor(host),
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.body.text();
    const { statusCode: status } = response;
    if (status === 500) this.#failures += 1;
    if (status >= 500 || status === 429) return undefined;
    const { location, 'set-cookie': set } = response.headers;
    const cookie = cookiesOf(set);
    return {
      ...{ status, answer: readJson(text), at: Date.now() },
      ...(typeof location === 'string' ? { location } : {}),
      ...(cookie === undefined ? {} : { cookie }),
    };
  }
}

/** The key under which a host stores the answer to a program. */
export function storedKey(tokenId: string, key: string): string {
  return createHash('sha256').update(`api\n${tokenId}\n${key}`).digest('hex');
}

function cookiesOf(set: string | readonly string[] | undefined): string | undefined {
  const cookies = [set ?? []].flat().map((line) => line.split(';')[0] ?? '');
  return cookies.length === 0 ? undefined : cookies.join('; ');
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
