import { mayFlow } from '../../kernel/classification.ts';
import type { Clearance } from '../../kernel/classification.ts';
import { allow, refuse } from './decide.ts';
import type { AccessActor, Decision, FieldSubject, StaffActor } from './words.ts';

const NOTHING_PROTECTED: Clearance = { upTo: 'public', tags: [] };

/** A field is read by those whose clearance covers it, or whom IT gave a right to that field. */
export function mayReadField(
  actor: AccessActor,
  { classification, origin, core }: FieldSubject,
): Decision {
  if (actor.kind === 'system') return allow('The engine may read every field.');
  if (receivers(actor).some((name) => mayFlow(classification, clearanceOf(core, name))))
    return allow('Their clearance covers the field.');
  if (actor.kind === 'staff' && origin !== undefined && hasFieldRight(actor, origin, core))
    return allow(`A field right of IT lets them read ${origin}.`);
  return refuse('clearance', 'The field is more protected than what they are cleared for.');
}

function receivers(actor: AccessActor): readonly string[] {
  const own = actor.kind === 'staff' ? actor.roles.map((role) => `role:${role}`) : [actor.kind];
  return ['public', ...own];
}

function clearanceOf(core: FieldSubject['core'], receiver: string): Clearance {
  return core.clearances.get(receiver) ?? NOTHING_PROTECTED;
}

/** A right to a group of fields (`Customer.address`) is one to each field in it. */
function hasFieldRight(actor: StaffActor, origin: string, core: FieldSubject['core']): boolean {
  return core.fieldRights
    .filter(({ role }) => actor.roles.includes(role))
    .some(({ read }) => read.some((field) => field === origin || origin.startsWith(`${field}.`)));
}
