import { hashPassword } from '../../server/host/passwords.ts';
import { follow, openLink, signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import type { RunningHost } from './with-host.ts';

/** Those who may ask something of a host, as far as it tells them apart. */
export const ACTORS = [
  'public',
  'customer',
  'staff',
  'rep',
  'keeper',
  'operator',
  'administrator',
  'reviewer',
  'privacy',
] as const;
export type ActorName = (typeof ACTORS)[number];

/** Gives a visitor for everybody: the customer holds the link of the case with `reference`. */
export async function visitorsOf(
  running: RunningHost,
  reference: string,
): Promise<Readonly<Record<ActorName, Visitor>>> {
  const password = 'one password for all of them';
  const hashed = await hashPassword(password);
  const withRoles = async (name: string, roles: readonly string[]): Promise<Visitor> => {
    const { store, ids, clock } = running.host;
    const email = `${name}@meridian.example`;
    const createdAt = clock.now();
    await store.accounts.add({
      id: ids.next(),
      name,
      email,
      roles,
      teams: [],
      password: hashed,
      createdAt,
    });
    const visitor = createVisitor(running.origin);
    await follow(
      visitor.post('/sign-in', [
        ['email', email],
        ['password', password],
      ]),
    );
    return visitor;
  };
  return {
    public: createVisitor(running.origin),
    customer: await openLink(running, reference),
    staff: await withRoles('staff', []),
    rep: await signedIn(running, 'rita@meridian.example'),
    keeper: await withRoles('keeper', ['it-core']),
    operator: await withRoles('operator', ['operator']),
    administrator: await withRoles('administrator', ['administrator']),
    reviewer: await withRoles('reviewer', ['reviewer']),
    privacy: await withRoles('privacy', ['privacy-officer']),
  };
}
