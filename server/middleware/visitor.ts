import type { AccessActor, Actor, User } from '../../engine/index.ts';

/** Who a request comes from, as far as its session tells. */
export interface Visitor {
  /** For `authorize`: somebody who signed in, or the public. */
  readonly actor: AccessActor;
  /** The person who signed in. */
  readonly user?: User;
  /** For the history. */
  readonly author: Actor;
  /** The network address, for throttling. */
  readonly address: string;
}

export const ANONYMOUS: Actor = { kind: 'public', id: 'public', name: 'Somebody from outside' };

/** The visitor of a request with or without a person signed in. */
export function visitorOf(user: User | undefined, address: string): Visitor {
  if (user === undefined) return { actor: { kind: 'public' }, author: ANONYMOUS, address };
  const { id, name, email, roles, teams } = user;
  return {
    actor: { kind: 'staff', id, email, roles, teams },
    user,
    author: { kind: 'staff', id, name, email },
    address,
  };
}
