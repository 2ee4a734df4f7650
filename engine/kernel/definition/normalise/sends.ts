import type { Path } from '../../problem.ts';
import type { Recipient, Send } from '../rules.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Expression } from '../values.ts';
import { readExpression } from './expressions.ts';
import { checkMessage, checkRole } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads `send`: a message with its recipient, or a list of them. */
export function readSends(
  written: Written<'Sends'> | undefined,
  path: Path,
  reading: Reading,
): readonly Send[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return [readSend(written, path, reading)];
  return written.map((send, index) => readSend(send, [...path, index], reading));
}

function readSend({ message, to }: Written<'Send'>, path: Path, reading: Reading): Send {
  checkMessage(message, [...path, 'message'], reading);
  return { path, message, to: readRecipient(to, [...path, 'to'], reading) };
}

function readRecipient(written: Written<'Recipient'>, path: Path, reading: Reading): Recipient {
  const role = roleIn(written);
  if (role === undefined) return { kind: 'address', address: readAddress(written, path) };
  checkRole(role, [...path, 'role'], reading);
  return { kind: 'role', path, role };
}

/** Reads `to` of an `ask`: each of its forms has one link, so it is mailed to one address. */
export function readAskedAddress(
  written: Written<'Recipient'>,
  path: Path,
  { report }: Reading,
): Expression {
  const role = roleIn(written);
  if (role !== undefined) {
    const message =
      'An `ask` is mailed to one address outside, with a link that is its own, and not to a role. ' +
      `Name a field, such as customer.contactEmail; for people who work here write a task: { assign: { role: ${role} } }.`;
    report.atKey([...path, 'role'], 'misplaced-key', message);
  }
  return readAddress(written, path);
}

function roleIn(written: Written<'Recipient'>): string | undefined {
  return typeof written === 'object' ? written.role : undefined;
}

function readAddress(written: Written<'Recipient'>, path: Path): Expression {
  return readExpression(
    typeof written === 'object' ? { value: written.value ?? null } : written,
    path,
  );
}
