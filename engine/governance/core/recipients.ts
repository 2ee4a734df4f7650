import type { WrittenConnector } from '../connector-manifest.ts';
import type { Fault } from './fault.ts';
import type { KnownNames } from './policies.ts';
import { fieldFaults, nameFaults } from './policies.ts';

/** Tells of recipients of mails that name a field or a role that is not there. */
export function recipientFaults(manifest: WrittenConnector, known: KnownNames): readonly Fault[] {
  if (manifest.kind !== 'mail') return [];
  return Object.entries(manifest.operations).flatMap(([name, { recipients = {} }]) => {
    const path = ['operations', name, 'recipients'];
    const { fields = 'any', roles = 'any' } = recipients;
    return [
      ...(fields === 'any' ? [] : fields).flatMap((field, index) =>
        OF_NO_TYPE.includes(field) ? [] : fieldFaults(field, [...path, 'fields', index], known),
      ),
      ...(roles === 'any' ? [] : roles).flatMap((role, index) =>
        nameFaults('role', role, known.roles, [...path, 'roles', index]),
      ),
    ];
  });
}

const OF_NO_TYPE = ['own', 'starter.email', 'actor.email'];
