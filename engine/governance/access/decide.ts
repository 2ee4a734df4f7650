import type { AccessActor, Decision, Refusal, StaffActor } from './words.ts';

/** What holds for one action: looks at who asks and what for. */
export type Rule<S> = (actor: AccessActor, subject: S) => Decision;

export function allow(reason: string): Decision {
  return { allowed: true, reason };
}

export function refuse(code: Refusal, reason: string): Decision {
  return { allowed: false, code, reason };
}

export const anybody: Rule<unknown> = () => allow('Everybody may.');

/** Only the engine itself and the command line on its machine. */
export const system: Rule<unknown> = (actor) =>
  actor.kind === 'system'
    ? allow('The engine and the command line on its own machine may.')
    : refuse('system-only', 'This is done on the machine that Trellis runs on, not from outside.');

/** Only those who signed in, and of them whom `decide` allows. */
export function staff<S>(decide: (actor: StaffActor, subject: S) => Decision): Rule<S> {
  return (actor, subject) => {
    if (actor.kind === 'staff') return decide(actor, subject);
    if (actor.kind === 'public') return refuse('sign-in', 'Sign in to do this.');
    return refuse('staff-only', 'Only people who work here may do this.');
  };
}

export const anyStaff = staff(() => allow('Everybody who signed in may.'));

/** Those who signed in, and the command line. */
export const staffOrSystem: Rule<unknown> = (actor, subject) =>
  actor.kind === 'system' ? system(actor, subject) : anyStaff(actor, subject);

/** Only those with the role. */
export function hasRole(actor: StaffActor, role: string): Decision {
  return actor.roles.includes(role)
    ? allow(`They have the role "${role}".`)
    : refuse('role', `This needs the role "${role}".`);
}

/** Only those with one of the roles. */
export function hasOneOf(actor: StaffActor, roles: readonly string[]): Decision {
  const [first = ''] = roles;
  if (roles.length === 0) return refuse('role', 'This is for one person alone.');
  if (roles.length === 1) return hasRole(actor, first);
  const role = roles.find((one) => actor.roles.includes(one));
  return role === undefined
    ? refuse('role', `This needs one of the roles ${roles.map((one) => `"${one}"`).join(', ')}.`)
    : allow(`They have the role "${role}".`);
}

/** Those who keep the host running. */
export function mayOperate(actor: StaffActor): Decision {
  const role = ['operator', 'administrator'].find((name) => actor.roles.includes(name));
  return role === undefined
    ? refuse('role', 'This needs the role "operator" or "administrator".')
    : allow(`They have the role "${role}".`);
}
