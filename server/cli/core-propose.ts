import { TrellisError, changedFiles } from '../../engine/index.ts';
import type { CoreRelease, Store } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { withPublishing } from '../host/with-publishing.ts';
import { readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';
import { tellVerdict } from './proposal-lines.ts';
import { readHidden } from './read-hidden.ts';

export interface Proposing {
  readonly as: string;
  readonly title: string;
  readonly why: string;
}

/**
 * Proposes the files of a workspace as the next release, in the name of somebody who has a key. Exit
 * code 1 where it would break what is in use: it is kept, and nobody can approve it as it is.
 */
export async function corePropose(
  given: string | undefined,
  { as: email, title, why }: Proposing,
  output: Output,
): Promise<ExitCode> {
  const files = await readCoreFiles(workspaceSetting(given));
  return withPublishing(async ({ store, proposals, as }): Promise<ExitCode> => {
    const { actor, user } = await as(email);
    permit(actor, 'proposal.make', {});
    const base = await baseOf(store);
    const { number, release } = await proposals.propose(user, {
      ...{ title, why, base: base.release, passphrase: await readHidden('Passphrase') },
      change: changedFiles(new Map(Object.entries(base.files)), files),
    });
    output.line(`Proposal ${number}: ${title}, as release ${release}.`);
    const { judgement, route } = await proposals.look(number);
    const isSound = tellVerdict(
      { route, ...(judgement === undefined ? {} : { judgement }) },
      output,
    );
    output.result({ number, release, releasable: isSound, route, judgement });
    return isSound ? 0 : 1;
  });
}

async function baseOf({ registry }: Store): Promise<CoreRelease> {
  const base = await registry.newestRelease();
  if (base !== undefined) return base;
  throw new TrellisError('no-release', 'There is no release in the database yet.');
}
