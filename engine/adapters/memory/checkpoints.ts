import { leafText } from '../../governance/checkpoint.ts';
import type { Checkpoints } from '../../ports/checkpoints.ts';
import { answer } from './answer.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

const LEAVES_A_PART = 1_000;

/** A case is due as long as a later entry of it is stored than a checkpoint states. */
export function createCheckpoints(tables: Tables): Checkpoints {
  const { cases, archive, checkpoints, checkpointLeaves, stated } = tables;
  return {
    moved: (place = '', limit) =>
      answer(() => {
        const archived = [...archive.values()].map(({ stored }) => stored);
        const all = new Map([...archived, ...cases.values()].map((one) => [one.id, one]));
        const due = [...all.values()]
          .filter(({ id, version }) => id > place && version > (stated.get(id) ?? 0))
          .sort((a, b) => byText(a.id, b.id));
        const found = due.slice(0, limit);
        return {
          heads: found.map(({ id, version, head }) => ({ caseId: id, seq: version, hash: head })),
          place: found.at(-1)?.id ?? place,
          isMore: due.length > limit,
        };
      }),
    newest: () => Promise.resolve(checkpoints.at(-1)),
    add: (checkpoint, heads) =>
      answer(() => {
        if (checkpoint.number !== checkpoints.length + 1) return false;
        checkpoints.push(checkpoint);
        checkpointLeaves.set(checkpoint.number, heads.map(leafText));
        for (const { caseId, seq } of heads) {
          stated.set(caseId, Math.max(seq, stated.get(caseId) ?? 0));
        }
        return true;
      }),
    list: (after, limit) => Promise.resolve(checkpoints.slice(after, after + limit)),
    leaves: (number, after, limit) =>
      answer(() => {
        const leaves = checkpointLeaves.get(number) ?? [];
        const parts = Math.ceil(leaves.length / LEAVES_A_PART);
        return Array.from({ length: parts }, (_, index) => ({
          part: index + 1,
          leaves: leaves.slice(index * LEAVES_A_PART, (index + 1) * LEAVES_A_PART),
        })).slice(after, after + limit);
      }),
  };
}
