import { TrellisError, createIds, createSystemClock } from '../../engine/index.ts';
import type { Store, User } from '../../engine/index.ts';
import { apiTokenHash, newApiToken } from '../host/api-tokens.ts';
import { withOperations } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** What a token is to be for: the workflows of a program, or a person. */
export interface TokenFor {
  readonly workflow?: readonly string[];
  /** The email address of the person in whose name it acts. */
  readonly for?: string;
}

/**
 * Makes a token for a program or a person, and prints it this once.
 * @throws `TrellisError` with code `bad-option` unless it is for just one of them, `no-workflow` or
 * `no-person`.
 */
export async function tokenAdd(
  name: string,
  { workflow: workflows = [], for: email }: TokenFor,
  output: Output,
): Promise<ExitCode> {
  if ((email === undefined) === (workflows.length === 0)) {
    throw new TrellisError(
      'bad-option',
      'Say what the token is for: --workflow NAME for a program, or --for EMAIL for a person.',
    );
  }
  return withOperations(async ({ store, catalogue }): Promise<ExitCode> => {
    for (const workflow of workflows) await catalogue.newest(workflow);
    const person = email === undefined ? undefined : await personCalled(email, store);
    const clock = createSystemClock();
    const token = newApiToken();
    const id = createIds(clock).next();
    const hash = apiTokenHash(token);
    const whose = person === undefined ? {} : { person: person.id };
    await store.tokens.add({ id, name, hash, workflows, ...whose, createdAt: clock.now() });
    output.line(
      person === undefined
        ? `${name} may use the API for: ${workflows.join(', ')}.`
        : `${name} may use the API in the name of ${person.name}, with the roles that they have.`,
    );
    output.line(`Token: ${token}`);
    output.line(`It is not shown again. To take it back: trellis token revoke ${id}`);
    output.result({ id, name, workflows, ...whose, token });
    return 0;
  });
}

async function personCalled(email: string, { accounts }: Pick<Store, 'accounts'>): Promise<User> {
  const person = await accounts.byEmail(email);
  if (person !== undefined && person.leftAt === undefined) return person;
  throw new TrellisError('no-person', `Nobody with the address ${email} works here.`);
}

/** Lists the tokens, never what they are. */
export async function tokenList(output: Output): Promise<ExitCode> {
  return withOperations(async ({ store }): Promise<ExitCode> => {
    const tokens = await store.tokens.list();
    for (const { id, name, workflows, person, revokedAt } of tokens) {
      const user = person === undefined ? undefined : await store.accounts.byId(person);
      const what = person === undefined ? workflows.join(', ') : `for ${user?.email ?? person}`;
      output.line(`${id}  ${name}  ${what}${revokedAt === undefined ? '' : '  (revoked)'}`);
    }
    output.result({
      tokens: tokens.map(({ id, name, workflows, person, createdAt, revokedAt }) => {
        return { id, name, workflows, person, createdAt, revokedAt };
      }),
    });
    return 0;
  });
}

/** Takes a token back: from now on it opens nothing. */
export async function tokenRevoke(id: string, output: Output): Promise<ExitCode> {
  return withOperations(async ({ store }): Promise<ExitCode> => {
    if (!(await store.tokens.revoke(id, createSystemClock().now()))) {
      throw new TrellisError('no-token', `There is no token ${id} that is not revoked already.`);
    }
    output.line(`${id} is revoked.`);
    output.result({ id });
    return 0;
  });
}
