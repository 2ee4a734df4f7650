import type { CaseHead, Checkpoint } from '../../governance/checkpoint.ts';
import { readLeaf } from '../../governance/checkpoint.ts';
import type { Evidence } from '../../governance/evidence.ts';
import { makeEvidence } from '../../governance/evidence.ts';
import { merklePath } from '../../governance/merkle.ts';
import type { AuditEntry } from '../../ports/step.ts';
import type { Store } from '../../ports/store.ts';
import { partsOf } from './verify-checkpoints.ts';

type Parts = Pick<Store, 'cases' | 'checkpoints'>;

/** Entries are of an earlier moment than the checkpoint that states them, by this much at most (ms). */
const SLACK = 60_000;
const PAGE = 100;

/** Takes the evidence of a case together; nothing where no checkpoint states any of its entries. */
export async function exportEvidence(parts: Parts, caseId: string): Promise<Evidence | undefined> {
  const entries = await parts.cases.history(caseId);
  const stated = await newestStated(parts, caseId, entries);
  return stated && makeEvidence({ caseId, entries, stated });
}

/** Looks from the newest entry back: most are stated by the first checkpoint after them. */
async function newestStated(
  { checkpoints }: Parts,
  caseId: string,
  entries: readonly AuditEntry[],
): Promise<Evidence['stated'] | undefined> {
  const newest = (await checkpoints.newest())?.number ?? 0;
  let upTo = newest;
  for (const { at } of [...entries].reverse()) {
    const first = await firstCovering(checkpoints, at - SLACK, upTo);
    const stated = await statedWithin(checkpoints, caseId, first, upTo);
    if (stated !== undefined) return stated;
    upTo = first - 1;
  }
  // Where a clock was set back, times do not lead to it.
  return statedWithin(checkpoints, caseId, 1, newest);
}

async function statedWithin(
  checkpoints: Parts['checkpoints'],
  caseId: string,
  first: number,
  last: number,
): Promise<Evidence['stated'] | undefined> {
  for (let after = first - 1; after < last; after += PAGE) {
    const page = await checkpoints.list(after, Math.min(PAGE, last - after));
    for (const checkpoint of [...page].reverse()) {
      const stated = await statedBy(checkpoints, checkpoint, caseId);
      if (stated !== undefined) return stated;
    }
  }
  return undefined;
}

/** The number of the first checkpoint, up to one, that covers what was saved at a time. */
async function firstCovering(
  checkpoints: Parts['checkpoints'],
  at: number,
  upTo: number,
): Promise<number> {
  let [low, high] = [1, upTo];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [one] = await checkpoints.list(middle - 1, 1);
    if ((one?.covers ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function statedBy(
  checkpoints: Parts['checkpoints'],
  checkpoint: Checkpoint,
  caseId: string,
): Promise<Evidence['stated'] | undefined> {
  const leaves: string[] = [];
  for await (const part of partsOf(checkpoints, checkpoint.number)) leaves.push(...part.leaves);
  const isOfCase = (head: CaseHead | undefined): boolean => head?.caseId === caseId;
  const index = leaves.findIndex((leaf) => leaf.endsWith(caseId) && isOfCase(readLeaf(leaf)));
  const seq = readLeaf(leaves[index] ?? '')?.seq;
  return seq === undefined ? undefined : { seq, path: merklePath(leaves, index), checkpoint };
}
