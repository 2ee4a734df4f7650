import type { CoreView } from '../../kernel/core-view.ts';
import type { AccessActor } from './words.ts';

type Managers = Pick<CoreView, 'managers'>;

/** The roles whose tasks an actor manages: all, for who keeps the host running. */
export function managedRoles(
  actor: AccessActor,
  { managers }: Managers,
): 'all' | readonly string[] {
  if (actor.kind !== 'staff') return [];
  if (actor.roles.some((role) => role === 'operator' || role === 'administrator')) return 'all';
  return [...new Set(actor.roles.flatMap((role) => managers.get(role) ?? []))];
}

/** The roles that manage the tasks of some roles. */
export function managersOf({ managers }: Managers, roles: readonly string[]): readonly string[] {
  return [...managers].flatMap(([manager, managed]) =>
    managed.some((role) => roles.includes(role)) ? [manager] : [],
  );
}
