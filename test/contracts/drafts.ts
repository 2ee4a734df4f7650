import { expect } from 'chai';
import type { ActDraft } from '../../engine/governance/acts.ts';
import type { WorkflowDraft } from '../../engine/ports/drafts.ts';
import type { GovernanceStep } from '../../engine/ports/governance.ts';
import type { OutOfForce } from '../../engine/ports/out-of-force.ts';
import type { Store } from '../../engine/ports/store.ts';
import { govern } from '../../engine/runtime/govern.ts';
import { START } from './sample.ts';
import type { UseStore } from './use-store.ts';

const INES = { kind: 'staff', id: 'u-1', name: 'Ines', email: 'ines@example.org' } as const;

/** The contract of the drafts port and of what is out of force, for any adapter. */
export function describeDrafts(useStore: UseStore): void {
  describe('drafts', () => {
    const store = useStore();

    it('keeps drafts, each revision once, and gives them back as they were', async () => {
      const { drafts } = store();
      expect(await drafts.draft('d-1')).to.equal(undefined);
      expect(await drafts.save(draft('d-1'))).to.equal(true);
      expect(await drafts.save(draft('d-1'))).to.equal(false);
      expect(await drafts.save(draft('d-1', { revision: 3 }))).to.equal(false);
      expect(await drafts.save(draft('d-2', { revision: 2 }))).to.equal(false);
      expect(await drafts.draft('d-1')).to.deep.equal(draft('d-1'));
      const next = draft('d-1', { revision: 2, changedAt: START + 5 });
      expect(await drafts.save(next)).to.equal(true);
      expect(await drafts.draft('d-1')).to.deep.equal(next);
    });

    it('lists them by workflow and status, changed last first, without their source', async () => {
      const { drafts } = store();
      await drafts.save(draft('d-1'));
      await drafts.save(draft('d-2', { workflow: 'other', changedAt: START + 2 }));
      await drafts.save(draft('d-3', { changedAt: START + 1 }));
      await decide(store(), { drafts: [draft('d-3', { revision: 2, status: 'in-review' })] });
      const ids = async (...of: Parameters<typeof drafts.list>) =>
        (await drafts.list(...of)).map(({ id }) => id);
      expect(await ids({}, 10)).to.deep.equal(['d-2', 'd-1', 'd-3']);
      expect(await ids({}, 2)).to.deep.equal(['d-2', 'd-1']);
      expect(await ids({ workflow: 'quote' }, 10)).to.deep.equal(['d-1', 'd-3']);
      expect(await ids({ statuses: ['in-review', 'draft'], workflow: 'quote' }, 10)) //
        .to.deep.equal(['d-1', 'd-3']);
      expect(await ids({ statuses: ['in-review'] }, 10)).to.deep.equal(['d-3']);
      expect((await drafts.list({ workflow: 'other' }, 1))[0]).not.to.have.property('source');
    });

    it('lets nobody write what is under review, and no step decide about an old revision', async () => {
      const { drafts, governance } = store();
      await drafts.save(draft('d-1'));
      const sent = draft('d-1', { revision: 2, status: 'in-review' });
      expect(await decide(store(), { drafts: [sent] })).to.equal(true);
      expect(await drafts.save(draft('d-1', { revision: 3 }))).to.equal(false);
      expect(await decide(store(), { drafts: [sent] })).to.equal(false);
      expect((await governance.newestAct()).seq).to.equal(1);
      const published = draft('d-1', { revision: 3, status: 'published', version: 1 });
      expect(await decide(store(), { drafts: [published] })).to.equal(true);
      expect(await drafts.draft('d-1')).to.deep.equal(published);
    });
  });

  describe('what is out of force', () => {
    const store = useStore();

    it('is out until it is put back, each once, with its act', async () => {
      const { outOfForce, governance } = store();
      expect(await outOfForce.all()).to.deep.equal([]);
      const [quote, mails, team] = [
        out('workflow', 'quote'),
        out('grant', 'a', 'mail.send'),
        out('grant', 'a'),
      ];
      expect(await decide(store(), { takenOut: [quote, mails, team] })).to.equal(true);
      expect(await outOfForce.all()).to.deep.equal([team, mails, quote]);
      expect(await decide(store(), { takenOut: [mails] })).to.equal(false);
      expect(await decide(store(), { putBack: [mails] })).to.equal(true);
      expect(await decide(store(), { putBack: [mails] })).to.equal(false);
      expect(await outOfForce.all()).to.deep.equal([team, quote]);
      expect((await governance.newestAct()).seq).to.equal(2);
    });
  });
}

/** Takes one step; answers false where the store refuses it although it follows the newest act. */
async function decide(store: Store, step: Omit<GovernanceStep, 'acts'>): Promise<boolean> {
  const act: ActDraft = { kind: 'sent-for-review', actor: INES, body: {} };
  return govern({ governance: store.governance, clock: { now: () => START } }, () =>
    Promise.resolve({ draft: { acts: [act], ...step }, answer: true }),
  ).catch(() => false);
}

function draft(id: string, change: Partial<WorkflowDraft> = {}): WorkflowDraft {
  const workflow = change.workflow ?? 'quote';
  return {
    ...{ id, workflow, team: 'sales', author: INES, base: 0, revision: 1, status: 'draft' },
    source: { name: workflow, text: 'workflow: ü\n', files: { 'cases.yaml': '[]' } },
    changedAt: START,
    ...change,
  };
}

function out(kind: OutOfForce['kind'], name: string, part = ''): OutOfForce {
  return { kind, name, part, reason: 'it leaks', actor: INES, at: START };
}
