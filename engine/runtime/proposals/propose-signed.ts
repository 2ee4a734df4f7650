import { isSignedLock, signatureFaults } from '../../governance/lock.ts';
import { changedFiles } from '../../governance/proposals/changed-files.ts';
import type { Proposal } from '../../governance/proposals/proposal.ts';
import { lockOfRelease } from '../../governance/release.ts';
import type { Signature } from '../../governance/proposals/statement.ts';
import type { Release } from '../../governance/release.ts';
import type { Actor } from '../../kernel/effects.ts';
import type { CoreRelease } from '../../ports/registry.ts';
import { parseRelease } from '../../ports/registry.ts';
import type { ReleaseParts } from '../add-release.ts';
import { govern } from '../govern.ts';

/** How many of the newest proposals are looked through for one that is there already. */
const NEWEST = 100;

/** Who puts a signed release beside the other proposals, and why. */
export interface BroughtBy {
  readonly actor: Actor;
  readonly why: string;
  /** Theirs, who can never approve it. (Default: the host has found it) */
  readonly signature?: Signature;
}

/**
 * Puts the signed release of a lock that follows the one in force beside the other proposals, with
 * its signatures: it comes into force once somebody here has looked at it and approves. Answers its
 * number, also where it is there already, and nothing for a lock that does not follow.
 */
export async function proposeSigned(
  { governance, clock }: ReleaseParts,
  found: Release,
  inForce: CoreRelease,
  { actor, why, signature }: BroughtBy,
): Promise<number | undefined> {
  const { release, digest, signed } = found;
  const lock = lockOfRelease(found);
  if (signed === undefined || !isSignedLock(lock) || signatureFaults(lock).length > 0)
    return undefined;
  if (!follows(found, inForce)) return undefined;
  return govern({ governance, clock }, async () => {
    const known = await governance.proposals(undefined, NEWEST);
    const same = known.find((one) => one.digest === digest && one.status !== 'withdrawn');
    if (same !== undefined) return { draft: { acts: [] }, answer: same.number };
    const number = (known[0]?.number ?? 0) + 1;
    const now = clock.now();
    const { previous, title, author, approvals } = signed;
    const proposal: Proposal = {
      ...{ number, release, digest, previous, title, author, approvals },
      ...{ why, base: inForce.release },
      ...(signature === undefined ? {} : { broughtBy: signature }),
      files: changedFiles(
        new Map(Object.entries(inForce.files)),
        new Map(Object.entries(found.files)),
      ),
      ...{ status: 'open', createdAt: now, changedAt: now },
    };
    const body = { proposal: number, release, digest, title };
    return {
      draft: { acts: [{ kind: 'proposed', actor, body }], proposal },
      answer: number,
    };
  });
}

/** Tells whether a release was signed as the next after the one in force. */
export function follows({ release, signed }: Release, inForce: CoreRelease): boolean {
  const [next, last] = [parseRelease(release), parseRelease(inForce.release)];
  return (
    signed?.previous === inForce.digest &&
    next.line === last.line &&
    next.number === last.number + 1
  );
}
