import { NO_ACT } from '../../governance/acts.ts';
import type { Governance, GovernanceStep } from '../../ports/governance.ts';
import { parseRelease } from '../../ports/registry.ts';
import { answer } from './answer.ts';
import { isNext } from './drafts.ts';
import { canErase, erase } from './erasure.ts';
import { keyOf } from './out-of-force.ts';
import type { Tables } from './tables.ts';

export function createGovernance(tables: Tables): Governance {
  return {
    commit: (step) =>
      answer(() => {
        if (step.release !== undefined) parseRelease(step.release.release);
        if (!fits(step, tables) || !canErase(step.erased, tables)) return false;
        save(step, tables);
        return true;
      }),
    newestAct: () => {
      const newest = tables.acts.at(-1);
      return Promise.resolve(
        newest === undefined ? NO_ACT : { seq: newest.seq, hash: newest.hash },
      );
    },
    acts: (after, limit) =>
      Promise.resolve(tables.acts.filter(({ seq }) => seq > after).slice(0, limit)),
    proposal: (number) => Promise.resolve(tables.proposals.get(number)),
    proposals: (before = Infinity, limit) => {
      const found = [...tables.proposals.values()].filter(({ number }) => number < before);
      return Promise.resolve(found.sort((a, b) => b.number - a.number).slice(0, limit));
    },
    keys: () => Promise.resolve([...tables.approvalKeys.values()]),
  };
}

function save(step: GovernanceStep, tables: Tables): void {
  const { acts, release, proposal, keys = [], versions = [] } = step;
  tables.acts.push(...acts);
  if (release !== undefined) tables.releases.set(release.release, release);
  if (proposal !== undefined) tables.proposals.set(proposal.number, proposal);
  for (const key of keys) tables.approvalKeys.set(key.key, key);
  for (const version of versions)
    tables.workflows.set(version.name, [...(tables.workflows.get(version.name) ?? []), version]);
  move(step, tables);
  if (step.erased !== undefined) erase(step.erased, tables);
}

function move({ drafts = [], takenOut = [], putBack = [] }: GovernanceStep, tables: Tables): void {
  for (const draft of drafts) tables.drafts.set(draft.id, draft);
  for (const one of takenOut) tables.outOfForce.set(keyOf(one), one);
  for (const one of putBack) tables.outOfForce.delete(keyOf(one));
}

/** Tells whether a step follows what stands, and adds only what is new. */
function fits(step: GovernanceStep, tables: Tables): boolean {
  const { acts, release, versions = [], drafts = [], takenOut = [], putBack = [] } = step;
  const newest = tables.acts.at(-1) ?? NO_ACT;
  return (
    acts[0].previous === newest.hash &&
    (release === undefined || !tables.releases.has(release.release)) &&
    versions.every(
      ({ name, version }) => tables.workflows.get(name)?.[version - 1] === undefined,
    ) &&
    drafts.every((draft) => isNext(draft, tables.drafts.get(draft.id))) &&
    takenOut.every((one) => !tables.outOfForce.has(keyOf(one))) &&
    putBack.every((one) => tables.outOfForce.has(keyOf(one)))
  );
}
