import type { Recipients } from '../core-view.ts';
import type { Problem } from '../problem.ts';
import { audienceName, clearanceOf, mayRead } from './audience.ts';
import type { Checkup } from './checkup.ts';
import type { Flow } from '../expressions/flow.ts';
import { refusedFlow } from './flow-check.ts';
import { MAIL } from './grant-check.ts';
import { error } from './place.ts';
import { sentMessages } from './sent-messages.ts';
import type { CheckedSite } from './site-check.ts';

const ANYBODY: Recipients = { fields: 'any', roles: 'any' };

/** Checks that mails go only where the mail operation allows, and that a role may read its mails. */
export function checkRecipients(
  checkup: Checkup,
  sites: readonly CheckedSite[],
  shownBy: ReadonlyMap<string, readonly Flow[]>,
): readonly Problem[] {
  const allowed = checkup.core.operations.get(MAIL)?.recipients ?? ANYBODY;
  return [
    ...sites.flatMap((site) => (site.purpose.kind === 'address' ? wrongField(site, allowed) : [])),
    ...wrongRoles(checkup, allowed),
    ...unreadable(checkup, shownBy),
  ];
}

function wrongField({ expression, checked }: CheckedSite, { fields }: Recipients): Problem[] {
  if (fields === 'any') return [];
  const wrong = checked.flows.find((flow) => !isAllowed(flow, fields));
  if (wrong === undefined) return [];
  const known = fields.filter((name) => name !== OWN).join(', ');
  const message =
    `The company's mails may not go to "${wrong.path}". ` +
    `They may go to: ${known === '' ? 'no field of the core' : known}` +
    `${fields.includes(OWN) ? ", and a workflow's own fields" : ''}. Name one of them, or ask IT to allow this one.`;
  return [error('recipient-not-allowed', expression.path, message)];
}

/** What stands for all that is no field of a locked type. */
const OWN = 'own';

function isAllowed({ path, type }: Flow, fields: readonly string[]): boolean {
  const isOfPerson = path.startsWith('starter.') || path.startsWith('actor.');
  return fields.includes(type.origin ?? (isOfPerson ? path : OWN));
}

function wrongRoles(checkup: Checkup, { roles }: Recipients): readonly Problem[] {
  if (roles === 'any') return [];
  return sentMessages(checkup).flatMap(({ role }) => {
    if (role === undefined || roles.includes(role.name)) return [];
    const known = roles.length === 0 ? 'to no role' : `to the roles ${roles.join(', ')}`;
    const message = `The company's mails may not go to the role "${role.name}", but ${known}. Name one of them, or ask IT to allow this one.`;
    return [error('recipient-not-allowed', [...role.path, 'role'], message)];
  });
}

/** A mail is kept from a role as a form is, whatever mails in general may hold. */
function unreadable(
  checkup: Checkup,
  shownBy: ReadonlyMap<string, readonly Flow[]>,
): readonly Problem[] {
  return sentMessages(checkup).flatMap(({ message, role }) => {
    if (role === undefined) return [];
    const reader = { kind: 'role', role: role.name } as const;
    const hidden = (shownBy.get(message) ?? []).filter(
      ({ type }) => !mayRead(type, reader, checkup.core),
    );
    const clearance = clearanceOf(reader, checkup.core);
    return refusedFlow(role.path, hidden, { name: audienceName(reader), clearance });
  });
}
