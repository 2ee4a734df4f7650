import type { Admitted } from '../../kernel/definition/people.ts';
import { isNamed } from '../../kernel/values/email-key.ts';
import { allow, hasOneOf, mayOperate, refuse, staff } from './decide.ts';
import type { AccessActor, CaseSubject, Decision, StaffActor, Subjects } from './words.ts';

/** Tells which cases an actor finds in the list: all, or those of these teams. */
export function caseScope(actor: AccessActor): 'all' | readonly string[] {
  if (actor.kind !== 'staff') return [];
  return overseer(actor) === undefined ? actor.teams : 'all';
}

/** Whoever a start names as its audience may start a case by it. */
export function mayStart(actor: AccessActor, { audience }: Subjects['case.start']): Decision {
  switch (audience.kind) {
    case 'public':
      return allow('Everybody may start it.');
    case 'customer':
      return actor.kind === 'customer'
        ? allow('Customers with a link may start it.')
        : refuse('link', 'Only customers may start this, with the link that they were sent.');
    case 'api':
      return byProgram();
    default:
      return staff<unknown>((person) => isOneOf(person, audience))(actor, audience);
  }
}

/** Whoever has one of the roles, or is the person, that a start or a button is for. */
function isOneOf(actor: StaffActor, admitted: Admitted): Decision {
  if (admitted.kind === 'roles') {
    const { roles } = admitted;
    return roles.length === 0
      ? refuse('role', 'At present this is for nobody.')
      : hasOneOf(actor, roles);
  }
  return admitted.kind === 'person' && isNamed(admitted.person, actor)
    ? allow('It is for them.')
    : refuse('role', 'This is for one person alone.');
}

function byProgram(): Decision {
  return refuse('role', 'Only a program does this, by the API.');
}

/** Those whose team owns a case, who started it or who have a task in it may see it. */
export function maySeeCase(actor: StaffActor, subject: CaseSubject): Decision {
  const role = overseer(actor);
  if (role !== undefined) return allow(`The role "${role}" may see every case.`);
  if (actor.teams.includes(subject.team)) return allow('The case belongs to a team of theirs.');
  if (actor.id === subject.starter) return allow('They started the case.');
  if (subject.taskRoles.some((name) => actor.roles.includes(name)))
    return allow('A task of the case is for a role of theirs.');
  if (subject.taskPeople.some((one) => isNamed(one, actor)))
    return allow('A task of the case is theirs.');
  return refuse(
    'not-involved',
    `Only the team "${subject.team}" and those with a task may see it.`,
  );
}

/** Those who keep the host running, and the team whose work it is, may give a case more time, or less. */
export function mayMoveTimer(actor: StaffActor, { team }: CaseSubject): Decision {
  return actor.teams.includes(team)
    ? allow('The case belongs to a team of theirs.')
    : mayOperate(actor);
}

/** A button is pressed by whom it names: on the page of the case, or by the customer's link. */
export function mayPress(actor: AccessActor, subject: Subjects['case.press']): Decision {
  const { by } = subject;
  if (by.kind === 'api') return byProgram();
  if (actor.kind === 'customer') return mayPressByLink(actor, subject);
  if (by.kind === 'customer') {
    return refuse('link', 'Only the customer may do this, with the link that they were sent.');
  }
  return staff<Subjects['case.press']>((person) => {
    if (by.kind === 'public') return maySeeCase(person, subject);
    if (by.kind !== 'starter') return isOneOf(person, by);
    return person.id === subject.starter
      ? allow('They started the case.')
      : refuse('role', 'Only whoever started the case may do this.');
  })(actor, subject);
}

function mayPressByLink(
  actor: Extract<AccessActor, { readonly kind: 'customer' }>,
  { by, caseId, fromOutside }: Subjects['case.press'],
): Decision {
  if (actor.caseId !== caseId) return refuse('link', 'Their link is for another case.');
  if (by.kind === 'roles' || by.kind === 'person') {
    return refuse('staff-only', 'Only people who work here may do this.');
  }
  return by.kind === 'starter' && !fromOutside
    ? refuse('staff-only', 'Somebody who works here started the case.')
    : allow('Their link is for this case.');
}

/** The role by which somebody sees every case, if they have one. */
function overseer(actor: StaffActor): string | undefined {
  return ['operator', 'auditor', 'administrator'].find((name) => actor.roles.includes(name));
}
