import type { StatedHead } from '../../governance/case-audit.ts';
import type { CaseHead } from '../../governance/checkpoint.ts';
import { readLeaf } from '../../governance/checkpoint.ts';
import type { Checkpoints } from '../../ports/checkpoints.ts';
import type { CheckpointVerdict } from './verify-checkpoints.ts';
import { partsOf } from './verify-checkpoints.ts';

/** Cases with ids above one and not above another; absent: to the end. */
export interface IdRange {
  readonly after: string;
  readonly upTo?: string;
}

/** About how many leaves are held in memory at once. */
const LEAVES = 400_000;

/**
 * Cuts all cases into ranges of which each has so many leaves that they can be held in memory.
 * @param most - (Default: 400,000)
 */
export function rangesOf({ leaves, sample }: CheckpointVerdict, most = LEAVES): readonly IdRange[] {
  const count = Math.max(1, Math.ceil(leaves / most));
  const cuts = Array.from({ length: count - 1 }, (_, index) =>
    sample.at(Math.floor(((index + 1) * sample.length) / count)),
  ).filter((cut, index, all) => cut !== undefined && cut !== all[index - 1]);
  const from = ['', ...cuts];
  return from.map((after = '', index) => {
    const upTo = cuts[index];
    return { after, ...(upTo === undefined ? {} : { upTo }) };
  });
}

/** Reads what sound checkpoints state of the cases of a range, by the id of the case. */
export async function readStated(
  checkpoints: Pick<Checkpoints, 'leaves'>,
  { sound }: Pick<CheckpointVerdict, 'sound'>,
  range: IdRange,
): Promise<Map<string, StatedHead[]>> {
  const stated = new Map<string, StatedHead[]>();
  for (const checkpoint of sound) {
    for await (const { leaves } of partsOf(checkpoints, checkpoint)) {
      for (const { caseId, seq, hash } of headsIn(leaves, range)) {
        const known = stated.get(caseId);
        if (known === undefined) stated.set(caseId, [{ seq, hash, checkpoint }]);
        else known.push({ seq, hash, checkpoint });
      }
    }
  }
  for (const heads of stated.values()) {
    heads.sort((a, b) => a.seq - b.seq || a.checkpoint - b.checkpoint);
  }
  return stated;
}

/** Leaves are sorted: nearly all parts lie wholly within a range, or outside. */
function headsIn(leaves: readonly string[], { after, upTo }: IdRange): readonly CaseHead[] {
  const isIn = ({ caseId }: CaseHead): boolean =>
    caseId > after && (upTo === undefined || caseId <= upTo);
  const [first, last] = [readLeaf(leaves[0] ?? ''), readLeaf(leaves.at(-1) ?? '')];
  if (first === undefined || last === undefined) return [];
  if (last.caseId <= after || (upTo !== undefined && first.caseId > upTo)) return [];
  return leaves.flatMap((leaf) => readLeaf(leaf) ?? []).filter(isIn);
}
