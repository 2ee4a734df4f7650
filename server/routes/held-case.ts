import { TrellisError } from '../../engine/index.ts';
import type { AccessActor, Actor, CaseLook, Link, StoredCase, Task } from '../../engine/index.ts';
import type { RouteRequest } from './route.ts';
import type { Site } from './site.ts';

/** A case as the holder of a link reaches it, and the form that the link is for. */
export interface Held {
  readonly link: Link;
  readonly token: string;
  readonly look: CaseLook;
  readonly task?: Task;
}

/** The cookie that a link's token is exchanged for. */
export const LINK_COOKIE = 'trellis_link';

/** For routes that are reached with a link's cookie: whoever holds it is the customer of its case. */
export function heldCase(site: Site): {
  readonly load: (request: RouteRequest<undefined>) => Promise<Held>;
  readonly actor: (held: Held) => AccessActor;
} {
  return {
    load: (request) => hold(site, request.cookies[LINK_COOKIE]),
    actor: ({ link }) => customerOf(link),
  };
}

/**
 * Finds the link of a token.
 * @throws `TrellisError` with code `no-link` or `link-expired`.
 */
export async function linkOf({ host }: Site, token: string): Promise<Link> {
  const link = await host.store.cases.link(host.engine.tokens.hashOf(token));
  if (link === undefined) {
    throw new TrellisError(
      'no-link',
      'This link is not one of ours. Please check that it was copied whole.',
    );
  }
  if (link.expiresAt <= host.clock.now()) {
    throw new TrellisError('link-expired', 'This link has expired. Please ask us for a new one.');
  }
  return link;
}

async function hold(site: Site, token: string | undefined): Promise<Held> {
  if (token === undefined) {
    throw new TrellisError('no-link', 'Please follow the link in the mail that we sent you.');
  }
  const link = await linkOf(site, token);
  const look = await site.host.engine.look(link.caseId);
  const task =
    link.taskId === undefined ? undefined : await site.host.store.worklist.task(link.taskId);
  return { link, token, look, ...(task === undefined ? {} : { task }) };
}

/** Who the holder of a link is for `authorize`. */
export function customerOf({ caseId, purpose, taskId }: Link): AccessActor {
  return { kind: 'customer', caseId, purpose, ...(taskId === undefined ? {} : { taskId }) };
}

/** Whoever holds a link acts as the customer of its case. */
export function customer(stored: StoredCase): Actor {
  return { kind: 'customer', id: `customer:${stored.id}`, name: 'Customer' };
}
