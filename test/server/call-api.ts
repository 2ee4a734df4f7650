import type { User } from '../../engine/index.ts';
import { apiTokenHash, newApiToken } from '../../server/host/api-tokens.ts';
import type { Answer } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import type { RunningHost } from './with-host.ts';

/** Somebody who uses the API with a token of their own. */
export interface Caller {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
}

/** Gives somebody a token that acts in their name. */
export async function callerFor(running: RunningHost, { id, name }: User): Promise<Caller> {
  const { host, origin } = running;
  const token = newApiToken();
  await host.store.tokens.add({
    ...{ id: host.ids.next(), name, hash: apiTokenHash(token) },
    ...{ workflows: [], person: id, createdAt: host.clock.now() },
  });
  return callerWith(origin, token);
}

/** Somebody who sends just this token. */
export function callerWith(origin: string, token: string): Caller {
  const visitor = createVisitor(origin);
  const headers = { authorization: `Bearer ${token}` };
  return {
    get: (path) => visitor.get(path, headers),
    post: (path, body) =>
      visitor.send(path, JSON.stringify(body), { ...headers, 'content-type': 'application/json' }),
  };
}
