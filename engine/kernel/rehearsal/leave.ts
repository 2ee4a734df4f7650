import type { Admitted } from '../definition/people.ts';
import type { Actor, Assignment } from '../effects.ts';
import type { Refusal } from '../transition/step-result.ts';
import { isNamed } from '../values/email-key.ts';
import type { TestCase } from './case-file.ts';

/** As whom somebody acts of whom a test case says nothing. */
export function actsAs({ kind }: Admitted): Actor['kind'] {
  return kind === 'api' || kind === 'customer' || kind === 'public' ? kind : 'staff';
}

/** Why somebody may not start a case, or press a button. */
export function notAdmitted(
  admitted: Admitted,
  by: TestCase['by'],
  actor: Actor,
  starter: Actor | undefined,
): Refusal | undefined {
  switch (admitted.kind) {
    case 'roles':
      return admitted.roles.some((role) => role === roleOf(by))
        ? undefined
        : refusedRole(admitted.roles.join('" or "'));
    case 'person':
      return isNamed(admitted.person, account(actor))
        ? undefined
        : forAnother(admitted.person, actor);
    case 'starter':
      return by === undefined || actor.id === starter?.id
        ? undefined
        : { kind: 'refused', code: 'not-by', message: 'This is for whoever began the case.' };
    default:
      return undefined;
  }
}

function account({ id, email = id }: Actor): { readonly id: string; readonly email: string } {
  return { id, email };
}

function roleOf(by: TestCase['by']): string | undefined {
  return typeof by === 'object' ? by.role : undefined;
}

function forAnother(person: string, { id }: Actor): Refusal {
  const whom = person === '' ? 'one person, and the case does not say who' : `"${person}" alone`;
  const message = `This is for ${whom}, not for "${id}".`;
  return { kind: 'refused', code: 'not-by', message };
}

/** Why somebody may not do a task. Whom the engine would pick is not known here: anybody it could. */
export function refusedTo(
  assignment: Assignment,
  by: TestCase['by'],
  actor: Actor,
): Refusal | undefined {
  if (assignment.kind === 'person') {
    const { person } = assignment;
    return isNamed(person, account(actor)) ? undefined : forAnother(person, actor);
  }
  const { roles } = assignment;
  const role = roleOf(by);
  if (role === undefined || roles.includes(role)) return undefined;
  return refusedRole(roles.join('" or "'));
}

function refusedRole(role: string): Refusal {
  return { kind: 'refused', code: 'not-by', message: `This needs the role "${role}".` };
}
