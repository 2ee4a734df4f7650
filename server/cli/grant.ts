import { TrellisError, grantRows, grantUsers } from '../../engine/index.ts';
import type { OpenedPublishing } from '../host/with-publishing.ts';
import { withPublishing } from '../host/with-publishing.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';

interface Signature {
  readonly as: string;
  readonly reason: string;
}

/** Lists the grants of the core in force, and what was revoked of them. */
export async function grantList(output: Output): Promise<ExitCode> {
  return withPublishing(async ({ core, store, now }): Promise<ExitCode> => {
    const rows = await grantRows(core.view, { grantUses: store.grantUses, now: now() });
    const revoked = (await store.outOfForce.all()).filter(({ kind }) => kind === 'grant');
    for (const { team, operations, messages, write, until, quota, used } of rows) {
      const limits = [
        ...(quota === undefined ? [] : [`${used} of ${quota} used today`]),
        ...(until === undefined ? [] : [`until ${until}`]),
      ];
      output.line(`${team}  ${[...operations, ...messages].join(', ')}  ${limits.join(', ')}`);
      if (write.length > 0) output.line(`        may write ${write.join(', ')}`);
    }
    for (const { name, part, actor, reason } of revoked) {
      const what = part === '' ? 'everything' : part;
      output.line(`REVOKED  ${name}  ${what}  by ${actor.name}: ${reason}`);
    }
    output.result({ grants: rows, revoked });
    return 0;
  });
}

/** Shows what would stop, and with `yes` revokes the grant. */
export async function grantRevoke(
  team: string,
  operation: string | undefined,
  { as: email, reason, yes = false }: Signature & { readonly yes?: boolean },
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async (opened): Promise<ExitCode> => {
    const { catalogue, store, publishing } = opened;
    const { actor, author } = await opened.as(email);
    permit(actor, 'grant.revoke', {});
    const key = { kind: 'grant', name: team, part: partIn(team, operation, opened) } as const;
    const { worklist } = store;
    const users = await grantUsers(team, key.part, { catalogue, worklist });
    for (const { workflow, running } of users) {
      const count = running.reduce((sum, group) => sum + group.count, 0);
      output.line(`${workflow}: ${count} running ${count === 1 ? 'case' : 'cases'}`);
      for (const { version, states, count: of } of running) {
        output.line(`${String(of).padStart(7)}  in ${states.join(', ')} (version ${version})`);
      }
    }
    if (users.length === 0) output.line('No workflow uses it.');
    output.result({ users, revoked: yes });
    if (!yes) {
      output.line('Nothing was revoked. To do it: the same with --yes');
      return 0;
    }
    await publishing.force.takeOut({ key, actor: author, reason });
    output.line(`Revoked. What calls it from now on becomes an incident.`);
    return 0;
  });
}

/** Lets a team use again what was revoked. */
export async function grantRestore(
  team: string,
  operation: string | undefined,
  { as: email, reason }: Signature,
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async ({ publishing, as }): Promise<ExitCode> => {
    const { actor, author } = await as(email);
    permit(actor, 'grant.revoke', {});
    const key = { kind: 'grant', name: team, part: operation ?? '' } as const;
    await publishing.force.putBack({ key, actor: author, reason });
    output.line('Restored. Retry the incidents that it has left.');
    output.result({ team, operation, restored: true });
    return 0;
  });
}

/** @throws `TrellisError` with code `no-grant`. */
function partIn(team: string, operation: string | undefined, { core }: OpenedPublishing): string {
  const grants = core.view.grants.filter((grant) => grant.team === team);
  const parts = grants.flatMap(({ operations, messages, write }) => [
    ...operations,
    ...messages,
    ...write,
  ]);
  if (operation === undefined ? grants.length > 0 : parts.includes(operation)) {
    return operation ?? '';
  }
  throw new TrellisError(
    'no-grant',
    `The team "${team}" was not granted ${operation === undefined ? 'anything' : `"${operation}"`}. See: trellis grant list`,
  );
}
