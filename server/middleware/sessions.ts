import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Clock, Store } from '../../engine/index.ts';
import { SESSION_LIFE, VaultSessions } from './vault-sessions.ts';
import type { Visitor } from './visitor.ts';
import { visitorOf } from './visitor.ts';

declare module 'express-session' {
  interface SessionData {
    /** Whoever signed in. */
    userId: string;
  }
}

/** The sign-in session of one request. */
export interface VisitorSession {
  /** Signs a person in, under a new session id. */
  begin(userId: string): Promise<void>;
  end(): Promise<void>;
}

interface Options {
  readonly store: Pick<Store, 'accounts' | 'vault'>;
  readonly clock: Clock;
  /** Signs the cookie. */
  readonly secret: string;
  readonly secure: boolean;
}

/** Finds out who a request comes from, and puts it into `response.locals.visitor`. */
export function sessions({ store, clock, secret, secure }: Options): readonly RequestHandler[] {
  const reader = session({
    name: 'trellis_session',
    secret,
    store: new VaultSessions(store.vault, clock),
    resave: false,
    saveUninitialized: false,
    rolling: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure, maxAge: SESSION_LIFE, path: '/' },
  });
  const who: RequestHandler = async (request, response, next) => {
    const { userId } = request.session;
    const user = userId === undefined ? undefined : await store.accounts.byId(userId);
    const locals = response.locals as { visitor?: Visitor };
    // Whoever has left is nobody from that moment on.
    const present = user?.leftAt === undefined ? user : undefined;
    locals.visitor = visitorOf(present, request.ip ?? '');
    next();
  };
  return [reader, who];
}

/** The session of a request, with promises. */
export function sessionOf(request: Request): VisitorSession {
  return {
    begin: (userId) =>
      new Promise((resolve, reject) => {
        request.session.regenerate((error: unknown) => {
          if (error !== undefined && error !== null) {
            reject(asError(error));
            return;
          }
          request.session.userId = userId;
          request.session.save((failure: unknown) => {
            if (failure === undefined || failure === null) resolve();
            else reject(asError(failure));
          });
        });
      }),
    end: () =>
      new Promise((resolve, reject) => {
        request.session.destroy((error: unknown) => {
          if (error === undefined || error === null) resolve();
          else reject(asError(error));
        });
      }),
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
