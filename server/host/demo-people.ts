import type { Clock, Ids, LoadedCore, Signer, Store } from '../../engine/index.ts';
import { FOR_MADE_UP, hashPassword } from './passwords.ts';

/** Somebody who can sign in to the demo, with the password that this host made up for them. */
export interface DemoSignIn {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly roles: readonly string[];
}

const PEOPLE: readonly Omit<DemoSignIn, 'password'>[] = [
  { name: 'Rita Rep', email: 'rita@meridian.example', roles: ['sales-rep'] },
  { name: 'Sam Seller', email: 'sam@meridian.example', roles: ['sales-rep', 'sales-manager'] },
  { name: 'Hana Head', email: 'hana@meridian.example', roles: ['head-of-operations'] },
  { name: 'Olek Desk', email: 'olek@meridian.example', roles: ['order-desk'] },
  { name: 'Ines Author', email: 'ines@meridian.example', roles: ['author'] },
  { name: 'Rolf Review', email: 'rolf@meridian.example', roles: ['reviewer'] },
  { name: 'Ian Core', email: 'ian@meridian.example', roles: ['it-core'] },
  { name: 'Iris Core', email: 'iris@meridian.example', roles: ['it-core'] },
  { name: 'Pia Privacy', email: 'pia@meridian.example', roles: ['privacy-officer'] },
  {
    name: 'Ada Admin',
    email: 'ada@meridian.example',
    roles: ['administrator', 'operator', 'auditor', 'it-core', 'author'],
  },
];

interface Surroundings {
  readonly core: LoadedCore;
  readonly store: Pick<Store, 'accounts'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signer: Signer;
}

/**
 * Makes the demo's people at the first start. A password is a keyed digest of the address: no two
 * hosts have the same, and a later start can print it again though only its hash is stored. Of
 * another company's core they get the roles that it knows, and all of its teams.
 */
export async function demoSignIns(around: Surroundings): Promise<readonly DemoSignIn[]> {
  const { roles, teams } = around.core.view;
  const known = PEOPLE.map((person) => ({
    ...person,
    roles: person.roles.filter((role) => roles.includes(role)),
  })).filter((person) => person.roles.length > 0);
  const people: DemoSignIn[] = [];
  for (const person of known) people.push(await addPerson(person, teams, around));
  return people;
}

async function addPerson(
  person: Omit<DemoSignIn, 'password'>,
  teams: readonly string[],
  { store, clock, ids, signer }: Surroundings,
): Promise<DemoSignIn> {
  const { name, email, roles } = person;
  const password = signer.sign('demo-password', email).slice(0, 14);
  if ((await store.accounts.byEmail(email)) === undefined) {
    await store.accounts.add({
      id: ids.next(),
      name,
      email,
      roles,
      teams,
      password: await hashPassword(password, FOR_MADE_UP),
      createdAt: clock.now(),
    });
  }
  return { ...person, password };
}
