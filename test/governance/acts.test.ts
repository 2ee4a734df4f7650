import { expect } from 'chai';
import fc from 'fast-check';
import type { GovernanceAct } from '../../engine/governance/acts.ts';
import { NO_ACT, actHash, chainActs, verifyActs } from '../../engine/governance/acts.ts';

const ACTOR = { kind: 'staff', id: 'u-1', name: 'Maria' } as const;
const ACTS = chainActs(
  NO_ACT,
  ['a', 'b', 'c', 'd'].map((text) => ({ kind: 'published', actor: ACTOR, body: { text } })),
  1_000,
);

function broken(acts: readonly GovernanceAct[]): string {
  const verdict = verifyActs(acts);
  return verdict.ok ? 'whole' : `${verdict.kind} at ${verdict.seq}`;
}

function at(index: number): GovernanceAct {
  const act = ACTS[index];
  if (act === undefined) throw new Error(`There is no act ${index}.`);
  return act;
}

describe('the chain of governance acts', () => {
  it('is whole as it was written, also in pages', () => {
    expect(broken(ACTS)).to.equal('whole');
    const first = verifyActs(ACTS.slice(0, 2));
    expect(first).to.deep.equal({ ok: true, end: { seq: 2, hash: at(1).hash } });
    expect(verifyActs(ACTS.slice(2), at(1))).to.deep.include({ ok: true });
  });

  it('names the first act that was edited, moved, taken out, put in or replaced', () => {
    const edited = { ...at(1), body: { text: 'B' } };
    expect(broken([at(0), edited, at(2), at(3)])).to.equal('edited at 2');
    expect(broken([at(0), at(2), at(1), at(3)])).to.equal('misplaced at 2');
    expect(broken([at(0), at(2), at(3)])).to.equal('misplaced at 2');
    expect(broken([at(0), at(0), at(1)])).to.equal('misplaced at 2');
    const replaced = { ...edited, hash: actHash(edited) };
    expect(broken([at(0), replaced, at(2), at(3)])).to.equal('unlinked at 3');
  });

  it('covers everything that an act says', () => {
    const changes: Partial<GovernanceAct>[] = [
      { at: 1_001 },
      { kind: 'released' },
      { actor: { ...ACTOR, name: 'Mario' } },
      { body: {} },
      { previous: '1'.repeat(64) },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...changes), fc.nat(3), (change, index) => {
        const acts = ACTS.map((act, place) => (place === index ? { ...act, ...change } : act));
        expect(broken(acts)).to.equal(`edited at ${index + 1}`);
      }),
    );
  });
});
