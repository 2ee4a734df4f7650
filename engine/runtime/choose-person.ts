import type { Absence, User } from '../ports/accounts.ts';
import { emailKey } from '../kernel/values/email-key.ts';
import type { GivenUp } from './incidents.ts';

/** Everybody who could get a task, and what stands against some of them. */
export interface Staff {
  /** By email address. */
  readonly people: readonly User[];
  /** Ids of the people who may not do it. */
  readonly excluded: readonly string[];
  /** The date in the company's zone. */
  readonly today: string;
}

/** Who gets a task; `insteadOf` is away. */
export interface Chosen {
  readonly person: User;
  readonly insteadOf?: User;
}

/** Whoever stands in for a person who is away. */
export type StandIn = Required<Chosen>;

/** Tells whether somebody is out of office on a day. */
export function isAway({ away }: { readonly away?: Absence }, today: string): boolean {
  return away !== undefined && away.from <= today && today <= away.until;
}

/**
 * Finds the person that a task is for, by the id or the email address of the account; whoever
 * stands in for them while they are away. Nobody stands in who may not do the task.
 */
export function findPerson(named: string, staff: Staff): Chosen | GivenUp {
  const { people, excluded } = staff;
  const person =
    people.find(({ id }) => id === named) ??
    people.find(({ email }) => emailKey(email) === emailKey(named));
  if (person === undefined) {
    const message =
      named === ''
        ? 'The task is for one person, but the case does not say who. Reassign it.'
        : `The task is for "${named}", but nobody signs in by that. Add the account and try again, or reassign it.`;
    return { code: 'no-person', message };
  }
  const standIn = standInFor(person, staff);
  if (standIn !== undefined) return { person: standIn, insteadOf: person };
  if (person.leftAt !== undefined) {
    const message = `The task is for ${person.name}, who has left. Reassign it to somebody else.`;
    return { code: 'person-left', message };
  }
  if (!excluded.includes(person.id)) return { person };
  const message = `The task is for ${person.name}, who did an earlier step of this case and may not do this one. Reassign it.`;
  return { code: 'person-excluded', message };
}

/** Lists who may be picked for some roles: those who are there, else whoever stands in, else all. */
export function candidates(roles: readonly string[], staff: Staff): readonly Chosen[] {
  const { excluded, today } = staff;
  const able = havingRole(roles, staff.people).filter(({ id }) => !excluded.includes(id));
  const present = able.filter((person) => !isAway(person, today));
  if (present.length > 0) return present.map((person) => ({ person }));
  const standIns = able.flatMap((insteadOf): readonly Chosen[] => {
    const person = standInFor(insteadOf, staff);
    return person === undefined ? [] : [{ person, insteadOf }];
  });
  return standIns.length > 0 ? standIns : able.map((person) => ({ person }));
}

/** Whose turn it is: the next candidate from a place in the list of all who have one of the roles. */
export function nextInTurn(
  roles: readonly string[],
  turn: number,
  among: readonly Chosen[],
  staff: Staff,
): Chosen | undefined {
  const all = havingRole(roles, staff.people);
  for (let step = 0; step < all.length; step += 1) {
    const one = all[(turn + step) % all.length];
    const found = among.find(({ person, insteadOf }) => (insteadOf ?? person).id === one?.id);
    if (found !== undefined) return found;
  }
  return among[0];
}

/** Whoever has the fewest unfinished tasks; of several, the first. */
export function leastLoaded(
  among: readonly Chosen[],
  loads: ReadonlyMap<string, number>,
): Chosen | undefined {
  const loadOf = ({ person }: Chosen): number => loads.get(person.id) ?? 0;
  const least = Math.min(...among.map(loadOf));
  return among.find((one) => loadOf(one) === least);
}

/** Lists who works here and has one of the roles, by email address. */
export function havingRole(roles: readonly string[], people: readonly User[]): readonly User[] {
  return people.filter(
    (person) => person.leftAt === undefined && person.roles.some((role) => roles.includes(role)),
  );
}

/** Who stands in for somebody today, through those who are away themselves. */
export function standInFor(absent: User, { people, excluded, today }: Staff): User | undefined {
  const passed = new Set<string>();
  let here: User | undefined = absent;
  while (here !== undefined && isAway(here, today) && !passed.has(here.id)) {
    passed.add(here.id);
    const substitute: string | undefined = here.away?.substitute;
    here = people.find(({ id, leftAt }) => id === substitute && leftAt === undefined);
  }
  if (here === undefined || here === absent || isAway(here, today)) return undefined;
  return excluded.includes(here.id) ? undefined : here;
}
