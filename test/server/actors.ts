import { FOR_MADE_UP, hashPassword } from '../../server/host/passwords.ts';
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
  const withRoles = (name: string, roles: readonly string[]): Promise<Visitor> =>
    visitorWith(running, name, roles);
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

/** Somebody new with some roles and no team, who has signed in. */
export async function visitorWith(
  running: RunningHost,
  name: string,
  roles: readonly string[],
): Promise<Visitor> {
  const { store, ids, clock } = running.host;
  const email = `${name}@meridian.example`;
  const createdAt = clock.now();
  hashed ??= hashPassword(PASSWORD, FOR_MADE_UP);
  const password = await hashed;
  await store.accounts.add({ id: ids.next(), name, email, roles, teams: [], password, createdAt });
  const visitor = createVisitor(running.origin);
  await follow(
    visitor.post('/sign-in', [
      ['email', email],
      ['password', PASSWORD],
    ]),
  );
  return visitor;
}

const PASSWORD = 'one password for all of them';
let hashed: Promise<string> | undefined;
