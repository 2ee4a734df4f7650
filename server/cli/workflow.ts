import { TrellisError } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import type { OpenedPublishing } from '../host/with-publishing.ts';
import { withPublishing } from '../host/with-publishing.ts';
import type { ExitCode } from './exit-code.ts';
import { numberIn } from './operations.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';

interface Signature {
  readonly as: string;
  readonly reason: string;
}

/** How many versions, and how many drafts, are looked through. */
const MOST = 200;

/** Lists the versions of a workflow, newest first. */
export async function workflowVersions(name: string, output: Output): Promise<ExitCode> {
  return withStoreToRead(async ({ registry, drafts, outOfForce }): Promise<ExitCode> => {
    const all = await registry.newestVersions();
    const newest = all.find((one) => one.name === name)?.version;
    if (newest === undefined)
      throw new TrellisError('no-workflow', `There is no workflow "${name}".`);
    const published = await drafts.list({ workflow: name, statuses: ['published'] }, MOST);
    const out = (await outOfForce.all()).find(
      (one) => one.kind === 'workflow' && one.name === name,
    );
    if (out !== undefined) output.line(`retired by ${out.actor.name}: ${out.reason}`);
    const rows: unknown[] = [];
    for (let version = newest; version > 0 && version > newest - MOST; version -= 1) {
      const found = await registry.version(name, version);
      if (found === undefined) continue;
      const by = published.find((one) => one.version === version)?.author.name ?? 'the host';
      const at = new Date(found.publishedAt).toISOString();
      output.line(`${version}  ${at}  release ${found.release}  by ${by}`);
      rows.push({ version, at, release: found.release, digest: found.digest, by });
    }
    output.result({ workflow: name, retired: out, versions: rows });
    return 0;
  });
}

/** Begins no more cases of a workflow. */
export function workflowRetire(name: string, by: Signature, output: Output): Promise<ExitCode> {
  return changeForce('takeOut', name, by, output);
}

/** Begins cases of a retired workflow again. */
export function workflowRestore(name: string, by: Signature, output: Output): Promise<ExitCode> {
  return changeForce('putBack', name, by, output);
}

/** Publishes an old version anew. */
export async function workflowRollback(
  name: string,
  { as: email, reason, to }: Signature & { readonly to: string },
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async ({ publishing, as }): Promise<ExitCode> => {
    const { actor, author } = await as(email);
    permit(actor, 'workflow.roll-back', { rules: publishing.reviews.rules });
    const which = { workflow: name, version: numberIn('--to', to), reason };
    const version = await publishing.rollBack(which, { actor: author, roles: actor.roles });
    output.line(`${name}: version ${which.version} is published anew, as version ${version}`);
    output.result({ workflow: name, version });
    return 0;
  });
}

async function changeForce(
  how: 'takeOut' | 'putBack',
  name: string,
  { as: email, reason }: Signature,
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async (opened): Promise<ExitCode> => {
    const { actor, author } = await opened.as(email);
    const { publishing } = opened;
    permit(actor, 'workflow.write', {
      teams: [await teamOf(name, opened)],
      rules: publishing.reviews.rules,
    });
    const key = { kind: 'workflow', name, part: '' } as const;
    await publishing.force[how]({ key, actor: author, reason });
    output.line(
      how === 'takeOut'
        ? `${name}: retired. No more cases of it begin; those that run go on.`
        : `${name}: cases of it begin again.`,
    );
    output.result({ workflow: name, retired: how === 'takeOut' });
    return 0;
  });
}

/** @throws `TrellisError` with code `no-workflow`. */
async function teamOf(name: string, { catalogue }: OpenedPublishing): Promise<string> {
  return (await catalogue.newest(name)).compiled.workflow.team;
}
