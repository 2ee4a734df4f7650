import { TrellisError } from '../../engine/index.ts';
import type { Proposal, Registry } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { withPublishing } from '../host/with-publishing.ts';
import type { ExitCode } from './exit-code.ts';
import { tellChange } from './file-lines.ts';
import { numberIn } from './operations.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';
import { tellVerdict } from './proposal-lines.ts';
import { readHidden } from './read-hidden.ts';

/** How many of the newest a list shows. */
const LISTED = 100;

/** Lists the releases, the newest first: who proposed and who approved each, and its digest. */
export async function coreReleases(output: Output): Promise<ExitCode> {
  return withStoreToRead(async ({ registry }): Promise<ExitCode> => {
    const rows = await registry.releases(LISTED);
    for (const { release, createdAt, digest, signed } of rows) {
      output.line(`${release}  ${new Date(createdAt).toISOString()}  ${digest}`);
      const approved = signed?.approvals.map(({ name }) => name).join(' and ');
      output.line(
        signed === undefined
          ? '        not signed'
          : `        ${signed.title}: proposed by ${signed.author.name}, approved by ${String(approved)}`,
      );
    }
    if (rows.length === 0) output.line('There is no release yet.');
    output.result(rows);
    return 0;
  });
}

/** Lists the newest proposals. */
export async function coreProposals(output: Output): Promise<ExitCode> {
  return withStoreToRead(async ({ governance }): Promise<ExitCode> => {
    const rows = await governance.proposals(undefined, LISTED);
    for (const { number, status, title, author, release } of rows)
      output.line(`${number}  ${status}  ${title}, by ${author.name}, as release ${release}`);
    if (rows.length === 0) output.line('Nobody has proposed anything yet.');
    output.result(rows.map(({ files, ...row }) => ({ ...row, files: Object.keys(files) })));
    return 0;
  });
}

/**
 * Shows a proposal; with the digest of what was shown, approves it with the key of who decides. Their
 * passphrase is read from standard input. With the last approval that its route asks for it is released.
 *
 * @throws as `ProposalDesk.approve`, and `TrellisError` with code `no-person`.
 */
export async function coreApprove(
  which: string,
  { as: email, digest }: { readonly as: string; readonly digest?: string },
  output: Output,
): Promise<ExitCode> {
  const number = numberIn('PROPOSAL', which);
  if (digest === undefined) return show(number, email, output);
  return withPublishing(async ({ proposals, leftBehind, as }): Promise<ExitCode> => {
    const { user } = await as(email);
    const passphrase = await readHidden('Passphrase');
    const approved = await proposals.approve(number, user, { digest, passphrase });
    const isReleased = approved.status === 'released';
    output.line(
      isReleased
        ? `Proposal ${number} is released as ${approved.release}.`
        : `Proposal ${number} is approved by ${user.name}; others have to approve it as well.`,
    );
    for (const { name } of leftBehind()) output.line(`${name} stays on an earlier release.`);
    output.result({ proposal: number, status: approved.status, release: approved.release });
    return 0;
  });
}

/** Ends an open proposal: its author withdraws it, others reject it. */
export async function coreEnd(
  which: string,
  { as: email, why }: { readonly as: string; readonly why: string },
  output: Output,
): Promise<ExitCode> {
  const number = numberIn('PROPOSAL', which);
  return withPublishing(async ({ proposals, as }): Promise<ExitCode> => {
    const { actor, user } = await as(email);
    permit(actor, 'proposal.make', {});
    const { status } = await proposals.end(number, user, why);
    output.line(`Proposal ${number} is ${status}.`);
    output.result({ proposal: number, status });
    return 0;
  });
}

function show(number: number, email: string, output: Output): Promise<ExitCode> {
  return withPublishing(
    async ({ proposals, store }): Promise<ExitCode> => {
      const look = await proposals.look(number);
      const { proposal, judgement, route, counting, isOutdated } = look;
      if (isOutdated) throw outdated(proposal);
      output.line(`${number}. ${proposal.title}: ${proposal.why}`);
      output.line(`${proposal.author.name} proposes it as release ${proposal.release}.`);
      await showFiles(proposal, store.registry, output);
      const isSound = tellVerdict(look, output);
      output.line(`${counting.length} of ${route.approvers} have approved it.`);
      output.line(
        `Nothing was decided. To approve it: trellis core approve ${number} --as ${email} --digest ${proposal.digest}`,
      );
      output.result({ proposal, judgement, route, releasable: isSound });
      return isSound ? 0 : 1;
    },
    { readsOnly: true },
  );
}

async function showFiles(
  { base, files }: Proposal,
  registry: Pick<Registry, 'release'>,
  output: Output,
): Promise<void> {
  const before = await registry.release(base);
  for (const [path, after] of Object.entries(files))
    tellChange(path, before?.files[path] ?? null, after, output);
}

function outdated({ number, base }: Proposal): TrellisError {
  return new TrellisError(
    'proposal-outdated',
    `Proposal ${number} was made on release ${base}, and another is in force now. Its author brings it up to date.`,
  );
}
