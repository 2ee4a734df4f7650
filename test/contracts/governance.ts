import { expect } from 'chai';
import type { ActDraft } from '../../engine/governance/acts.ts';
import { NO_ACT, chainActs, verifyActs } from '../../engine/governance/acts.ts';
import type { Proposal } from '../../engine/governance/proposals/proposal.ts';
import type { Governance, GovernanceStep } from '../../engine/ports/governance.ts';
import { govern } from '../../engine/runtime/govern.ts';
import { openProposal, somebody } from '../governance/proposals/keys.ts';
import { START } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the governance port, for any adapter. */
export function describeGovernance(useStore: UseStore): void {
  describe('governance', () => {
    const store = useStore();

    it('begins with no act, and gives acts back as they were, in their order', async () => {
      const { governance } = store();
      expect(await governance.newestAct()).to.deep.equal(NO_ACT);
      expect(await governance.acts(0, 10)).to.deep.equal([]);
      const first = await step(governance, ['a', 'b']);
      expect(await governance.commit(first)).to.equal(true);
      const second = await step(governance, ['c']);
      expect(await governance.commit(second)).to.equal(true);
      const all = [...first.acts, ...second.acts];
      expect(await governance.acts(0, 10)).to.deep.equal(all);
      expect(await governance.acts(1, 1)).to.deep.equal([all[1]]);
      const { seq, hash } = second.acts[0];
      expect(await governance.newestAct()).to.deep.equal({ seq, hash });
      expect(verifyActs(all)).to.deep.equal({ ok: true, end: { seq, hash } });
    });

    it('saves nothing of a step that does not follow the newest act', async () => {
      const { governance, registry } = store();
      const late = await step(governance, ['late']);
      await governance.commit(await step(governance, ['first']));
      const release = { release: '1.1', digest: 'd', files: {}, createdAt: START };
      expect(await governance.commit({ ...late, release })).to.equal(false);
      expect(await registry.newestRelease()).to.equal(undefined);
      expect((await governance.acts(0, 10)).map(({ body }) => body['text'])).to.deep.equal([
        'first',
      ]);
    });

    it('saves nothing of a step whose release is there already', async () => {
      const { governance } = store();
      const release = { release: '1.1', digest: 'd', files: {}, createdAt: START };
      expect(await governance.commit({ ...(await step(governance, ['a'])), release })).to.equal(
        true,
      );
      expect(await governance.commit({ ...(await step(governance, ['b'])), release })).to.equal(
        false,
      );
      expect((await governance.newestAct()).seq).to.equal(1);
    });

    it('keeps proposals and keys as they were last, and a release with its signatures', async () => {
      const { governance, registry } = store();
      const open = openProposal(somebody('Anna'), [somebody('Bob')]);
      const other: Proposal = { ...open, number: 2, files: { 'a.yaml': null } };
      const key = { key: 'k1', email: 'anna@example.org', sealed: 's', createdAt: START };
      const bare = { key: 'k2', email: 'bob@example.org', createdAt: START + 1 };
      const { previous, title, author, approvals } = open;
      const signed = { previous, title, author, approvals: [...approvals] };
      const release = { release: '1.1', digest: 'd', files: {}, createdAt: START, signed };
      await governance.commit({
        ...(await step(governance, ['a'])),
        ...{ release, proposal: open, keys: [key, bare] },
      });
      expect(await registry.release('1.1')).to.deep.equal(release);
      expect(await governance.keys()).to.deep.equal([key, bare]);
      await governance.commit({ ...(await step(governance, ['b'])), proposal: other });
      const ended = { name: 'Bob', email: 'bob@example.org', at: START, why: 'No.' };
      const over: Proposal = { ...open, status: 'rejected', ended };
      const revoked = { ...key, revokedAt: START + 5 };
      await governance.commit({
        ...(await step(governance, ['c'])),
        ...{ proposal: over, keys: [revoked] },
      });
      expect(await governance.proposal(1)).to.deep.equal(over);
      expect(await governance.proposal(3)).to.equal(undefined);
      expect(await governance.proposals(undefined, 10)).to.deep.equal([other, over]);
      expect(await governance.proposals(2, 10)).to.deep.equal([over]);
      expect(await governance.proposals(undefined, 1)).to.deep.equal([other]);
      expect(await governance.keys()).to.deep.equal([revoked, bare]);
    });

    it('gives each of several that govern at once a place of its own', async () => {
      const { governance } = store();
      const clock = { now: () => START };
      const texts = Array.from({ length: 6 }, (_, index) => `act ${index}`);
      await Promise.all(
        texts.map((text) =>
          govern({ governance, clock }, () =>
            Promise.resolve({ draft: { acts: [draft(text)] }, answer: undefined }),
          ),
        ),
      );
      const acts = await governance.acts(0, 10);
      expect(acts.map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 4, 5, 6]);
      expect(acts.map(({ body }) => body['text'])).to.have.members(texts);
      expect(verifyActs(acts)).to.deep.include({ ok: true });
    });
  });
}

function draft(text: string): ActDraft {
  const actor = { kind: 'staff', id: 'u-1', name: 'Maria', email: 'maria@example.org' } as const;
  return { kind: 'published', actor, body: { text, list: [1, { ü: null }] } };
}

async function step(governance: Governance, texts: readonly string[]): Promise<GovernanceStep> {
  const [first, ...others] = chainActs(await governance.newestAct(), texts.map(draft), START);
  if (first === undefined) throw new Error('A step needs an act.');
  return { acts: [first, ...others] };
}
