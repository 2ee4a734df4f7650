import type { Request, RequestHandler } from 'express';
import { Shares, TrellisError } from '../../engine/index.ts';
import { Admitted } from './admitted.ts';
import { WorkingPlaces } from './working-places.ts';

interface AdmissionSettings {
  /** The most requests that are taken at once, those that wait for their turn included. */
  readonly requests: number;
  /** The most that is worked on at once. (Default: 16) */
  readonly atWork?: number;
  /** The most bytes of bodies that are kept at once. (Default: 64 MB) */
  readonly bodies?: number;
  /** How long a request waits for its turn at most, in milliseconds. (Default: 10,000) */
  readonly patience?: number;
}

/** The largest body that is kept in memory, in bytes; one that says no length may become so large. */
export const BODY_LIMIT = 256 * 1024;

/**
 * Takes so many requests at once, and of one network address three times as many as are free at
 * most; the others are refused before anything is read, looked up or kept for them.
 */
export function admission({
  requests,
  atWork = 16,
  bodies = 64 * 2 ** 20,
  patience = 10_000,
}: AdmissionSettings): RequestHandler {
  const taken = new Shares(requests);
  const bytes = new Shares(bodies);
  const places = new WorkingPlaces(atWork);
  return (request, response, next) => {
    if (isExempt(request.path)) {
      next();
      return;
    }
    const client = request.ip ?? '';
    const size = bodySize(request);
    if (!taken.hasFor(client, 1) || !bytes.hasFor(client, size)) {
      // Nobody is going to read what it still sends.
      response.set('connection', 'close');
      const isItsDoing = taken.hasMuch(client) || bytes.hasMuch(client);
      next(isItsDoing ? tooManyOf(client) : overloaded(taken.taken));
      return;
    }
    taken.take(client, 1);
    bytes.take(client, size);
    const admitted = new Admitted({
      client,
      places,
      over: () => {
        taken.take(client, -1);
        bytes.take(client, -size);
      },
    });
    const late = setTimeout(() => {
      response.set('connection', 'close');
      admitted.rest();
      next(overloaded(taken.taken));
    }, patience);
    response.once('close', () => {
      clearTimeout(late);
      admitted.close();
    });
    (response.locals as { admitted?: Admitted }).admitted = admitted;
    void admitted.work().then(() => {
      clearTimeout(late);
      next();
    });
  };
}

/** Balancers ask in any case, and the page that says so should look as it does. */
function isExempt(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path.startsWith('/assets/');
}

/** How many bytes of memory the body may need; of a file no more is kept than of a form. */
function bodySize(request: Request): number {
  if (request.get('transfer-encoding') !== undefined) return BODY_LIMIT;
  const length = Number(request.get('content-length') ?? 0);
  return length > 0 ? Math.min(length, BODY_LIMIT) : 0;
}

function overloaded(taken: number): TrellisError {
  return new TrellisError(
    'overloaded',
    `The host has ${taken} requests to answer already. Nothing was changed; try again in a moment.`,
    { taken },
  );
}

function tooManyOf(client: string): TrellisError {
  return new TrellisError(
    'too-many-at-once',
    'Too many requests came from your network at once. Nothing was changed; try again in a moment.',
    { client },
  );
}
