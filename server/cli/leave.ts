import { TrellisError } from '../../engine/index.ts';
import type { Accounts, User } from '../../engine/index.ts';
import { withOperations } from '../host/with-operations.ts';
import { COMMAND_LINE } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export interface UserLeaves {
  readonly reason: string;
  /** The email address of whoever gets what was for this person alone. */
  readonly to?: string;
}

/** Lets somebody of the settings' database leave, and hands their open work on. */
export async function userLeave(
  email: string,
  { reason, to }: UserLeaves,
  output: Output,
): Promise<ExitCode> {
  return withOperations(async ({ leaving, store: { accounts } }): Promise<ExitCode> => {
    const person = await account(accounts, email);
    const successor = to === undefined ? undefined : await account(accounts, to);
    const { returned, handedOn, left } = await leaving.leave({
      ...{ person: person.id, reason, actor: COMMAND_LINE },
      ...(successor === undefined ? {} : { to: successor.id }),
    });
    output.line(`${person.name} has left.`);
    output.line(
      `Tasks given back: ${returned}, handed on: ${handedOn}, that nobody has: ${left.length}.`,
    );
    for (const { reference, title } of left) output.line(`  ${reference}: ${title}`);
    output.result({ email: person.email, returned, handedOn, left: left.map(({ id }) => id) });
    return 0;
  });
}

/** Lets somebody who had left work here again. */
export async function userReturn(email: string, output: Output): Promise<ExitCode> {
  return withOperations(async ({ leaving, store: { accounts } }): Promise<ExitCode> => {
    const person = await account(accounts, email);
    await leaving.comeBack(person.id, COMMAND_LINE);
    output.line(`${person.name} works here again.`);
    output.result({ email: person.email });
    return 0;
  });
}

async function account(accounts: Accounts, email: string): Promise<User> {
  const found = await accounts.byEmail(email);
  if (found !== undefined) return found;
  throw new TrellisError('no-person', `Nobody signs in as ${email}.`);
}
