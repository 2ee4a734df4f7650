import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Calls } from './calls.ts';
import type { Fault, Faults } from './faults.ts';
import type { Answer, Desk, Fields } from './oms-desk.ts';

export interface OmsSettings {
  readonly desk: Desk;
  readonly token: string;
  readonly faults: Faults;
  readonly calls: Calls;
  /** Called after an order was asked for, whether the answer arrives or not. */
  readonly ordered: () => void;
  /** (Default: any free one) */
  readonly port?: number;
}

/** A counterpart that listens on loopback. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** One request that order management understands. */
interface Work {
  readonly operation: string;
  readonly carryOut: (desk: Desk) => Answer;
}

const LARGEST_BODY = 1024 * 1024;

/** Starts order management: JSON over HTTP on loopback, for whoever knows the token. */
export async function startOmsServer(settings: OmsSettings): Promise<Listening> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    serve(request, response, settings, timers).catch(() => {
      response.destroy();
    });
  });
  const port = await listen(server, settings.port ?? 0);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, token, faults, calls, ordered }: OmsSettings,
  timers: Set<NodeJS.Timeout>,
): Promise<void> {
  const body = await readBody(request);
  const idempotencyKey = headerOf(request, 'idempotency-key');
  const work = body === undefined ? undefined : workFor(request, body, idempotencyKey);
  if (request.headers.authorization !== `Bearer ${token}`) {
    answer(response, { status: 401, body: { code: 'UNAUTHORIZED' } });
    return;
  }
  if (work === undefined) {
    answer(response, { status: 404, body: { code: 'NOT_FOUND' } });
    return;
  }
  const fault = faults.of(work.operation);
  const given = answerUnder(fault, () => work.carryOut(desk));
  calls.add({
    operation: work.operation,
    answer: describe(given),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
  if (given !== undefined) {
    const pause = fault.kind === 'slow' ? fault.ms : 0;
    const timer = setTimeout(() => {
      timers.delete(timer);
      answer(response, given);
    }, pause);
    timers.add(timer);
  }
  if (work.operation === 'oms.createOrder') ordered();
}

/** Carries the work out as far as the fault lets it; `undefined` is no answer at all. */
function answerUnder(fault: Fault, carryOut: () => Answer): Answer | undefined {
  switch (fault.kind) {
    case 'ok':
    case 'slow':
      return carryOut();
    case 'fail':
      return { status: 500, body: { code: 'INTERNAL' } };
    case 'refuse':
      return { status: 409, body: { code: fault.code } };
    case 'wrong':
      return { status: carryOut().status, body: { id: 17, order: 'see attachment' } };
    case 'hang':
      carryOut();
      return undefined;
  }
}

function describe(given: Answer | undefined): string {
  if (given === undefined) return 'no answer';
  const { code } = given.body as { readonly code?: unknown };
  return typeof code === 'string' ? `${given.status} ${code}` : String(given.status);
}

interface Asked {
  readonly id: string;
  readonly body: Fields;
  readonly key: string | undefined;
}

const ROUTES: readonly {
  readonly request: RegExp;
  readonly operation: string;
  readonly carryOut: (desk: Desk, asked: Asked) => Answer;
}[] = [
  {
    request: /^POST \/customers\/find$/,
    operation: 'oms.findCustomer',
    carryOut: (desk, { body }) => desk.findCustomer(body),
  },
  {
    request: /^POST \/reservations$/,
    operation: 'oms.reserveStock',
    carryOut: (desk, { body, key }) => desk.reserveStock(body, key),
  },
  {
    request: /^DELETE \/reservations\/([^/]+)$/,
    operation: 'oms.releaseReservation',
    carryOut: (desk, { id }) => desk.releaseReservation(id),
  },
  {
    request: /^POST \/orders$/,
    operation: 'oms.createOrder',
    carryOut: (desk, { body }) => desk.createOrder(body),
  },
  {
    request: /^GET \/orders\/([^/]+)$/,
    operation: 'oms.getOrder',
    carryOut: (desk, { id }) => desk.getOrder(id),
  },
];

function workFor(
  request: IncomingMessage,
  body: Fields,
  key: string | undefined,
): Work | undefined {
  const line = `${request.method ?? ''} ${request.url ?? ''}`;
  for (const route of ROUTES) {
    const match = route.request.exec(line);
    if (match === null) continue;
    const id = decodeURIComponent(match[1] ?? '');
    const { operation } = route;
    return { operation, carryOut: (desk) => route.carryOut(desk, { id, body, key }) };
  }
  return undefined;
}

/** Reads a JSON object; no body is an empty one, and `undefined` stands for anything else. */
async function readBody(request: IncomingMessage): Promise<Fields | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function answer(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
