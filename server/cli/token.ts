import { TrellisError, createIds, createSystemClock } from '../../engine/index.ts';
import { apiTokenHash, newApiToken } from '../host/api-tokens.ts';
import { withOperations } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Makes a token for a program, and prints it this once. */
export async function tokenAdd(
  name: string,
  workflows: readonly string[],
  output: Output,
): Promise<ExitCode> {
  return withOperations(async ({ store, catalogue }): Promise<ExitCode> => {
    for (const workflow of workflows) await catalogue.newest(workflow);
    const clock = createSystemClock();
    const token = newApiToken();
    const id = createIds(clock).next();
    const hash = apiTokenHash(token);
    await store.tokens.add({ id, name, hash, workflows, createdAt: clock.now() });
    output.line(`${name} may use the API for: ${workflows.join(', ')}.`);
    output.line(`Token: ${token}`);
    output.line(`It is not shown again. To take it back: trellis token revoke ${id}`);
    output.result({ id, name, workflows, token });
    return 0;
  });
}

/** Lists the tokens, never what they are. */
export async function tokenList(output: Output): Promise<ExitCode> {
  return withOperations(async ({ store }): Promise<ExitCode> => {
    const tokens = await store.tokens.list();
    for (const { id, name, workflows, revokedAt } of tokens) {
      output.line(
        `${id}  ${name}  ${workflows.join(', ')}${revokedAt === undefined ? '' : '  (revoked)'}`,
      );
    }
    output.result({
      tokens: tokens.map(({ id, name, workflows, createdAt, revokedAt }) => {
        return { id, name, workflows, createdAt, revokedAt };
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
