/**
 * A route is data: what it answers to, the action it is, and the subject of that action. The one
 * place that mounts routes asks `authorize` before any handler runs, so that a route without a rule
 * cannot be written.
 */
import type { IncomingMessage } from 'node:http';
import type { AccessActor, Action, Subjects } from '../../engine/index.ts';
import type { VisitorSession } from '../middleware/sessions.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { Reply } from './reply.ts';

/** What a handler is given of a request: everything has been read, nothing has been believed. */
export interface RouteRequest<S> {
  /** Path parameters by name, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Query parameters; of a repeated one the first. */
  readonly query: Readonly<Record<string, string>>;
  /** Posted fields in their order, for `form` bodies. */
  readonly fields: readonly (readonly [string, string])[];
  /** The body's bytes, for `raw` bodies. */
  readonly raw: Buffer;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The request itself, where a form with a file is sent: whoever may is asked before it is read. */
  readonly upload?: IncomingMessage;
  readonly visitor: Visitor;
  readonly session: VisitorSession;
  /** What was loaded to decide whether the visitor may. */
  readonly subject: S;
}

export interface Route<A extends Action = Action, S = unknown> {
  readonly method: 'get' | 'post';
  /** An Express path, `/cases/:id`. */
  readonly path: string;
  readonly action: A;
  /** How the body is read. (Default: a form's fields for `post`) */
  readonly body?: 'form' | 'raw';
  /** A form may be sent with a file, as `multipart/form-data`. */
  readonly takesFiles?: true;
  /** Posts from elsewhere are taken: they prove themselves in another way (a signature). */
  readonly fromAnywhere?: true;
  /**
   * Loads what the action is done to. It must change nothing.
   * @throws `TrellisError` with a `no-…` code where there is no such thing.
   */
  readonly load: (request: RouteRequest<undefined>) => Promise<S>;
  /** The part of what was loaded that decides, for `authorize`. */
  readonly subject: (loaded: S, request: RouteRequest<undefined>) => Subjects[A];
  /** Who asks, where it is not whoever signed in: the holder of a link. */
  readonly actor?: (loaded: S, request: RouteRequest<undefined>) => AccessActor;
  readonly handle: (request: RouteRequest<S>) => Promise<Reply>;
}

/** Makes a route; its types tie the subject to the action. */
export function route<A extends Action, S>(parts: Route<A, S>): Route {
  return parts as unknown as Route;
}

/** For actions that are done to nothing in particular. */
export const nothing = {
  load: () => Promise.resolve(undefined),
  subject: () => ({}),
} as const;
