import type { Actor } from '../../kernel/effects.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { WorkflowDraft } from '../../ports/drafts.ts';
import type { DraftTeams } from './draft-desk.ts';
import { beginDraft, rewriteDraft, teamsOf } from './draft-desk.ts';
import type { Examination } from '../../forms/examine-workflow.ts';
import { examineTogether } from './examine-draft.ts';
import { ForceDesk } from './force-desk.ts';
import type { PublishingParts } from './publishing-parts.ts';
import type { Reviewer } from './review-desk.ts';
import { ReviewDesk } from './review-desk.ts';
import type { Retire, RetireLook } from './retire.ts';
import { lookAtRetiring, retire } from './retire.ts';
import type { OldVersion, RollBack, RollBackLook } from './roll-back.ts';
import { lookBack, rollBack } from './roll-back.ts';

/** How workflows go live, and out of force. Who may is decided by `authorize` before. */
export interface Publishing {
  readonly reviews: ReviewDesk;
  readonly force: ForceDesk;
  /** Whose workflow a source is. */
  teamsOf(source: WorkflowSource): Promise<DraftTeams>;
  /** Checks workflows that come together, each as if the others stood already; nothing is stored. */
  tryOut(
    sources: readonly WorkflowSource[],
  ): Promise<readonly (Examination & { readonly name: string })[]>;
  begin(source: WorkflowSource, author: Actor): Promise<WorkflowDraft>;
  rewrite(before: WorkflowDraft, source: WorkflowSource): Promise<WorkflowDraft>;
  lookAtRetiring(workflow: string): Promise<RetireLook>;
  retire(which: Retire): Promise<void>;
  lookBack(which: OldVersion): Promise<RollBackLook>;
  rollBack(which: RollBack, by: Reviewer): Promise<number>;
}

/** Opens what drafts, reviews and revocations go through. */
export function openPublishing(parts: PublishingParts): Publishing {
  return {
    reviews: new ReviewDesk(parts),
    force: new ForceDesk(parts),
    teamsOf: (source) => teamsOf(source, parts),
    tryOut: (sources) => examineTogether(sources, parts),
    begin: (source, author) => beginDraft(source, author, parts),
    rewrite: (before, source) => rewriteDraft(before, source, parts),
    lookAtRetiring: (workflow) => lookAtRetiring(workflow, parts),
    retire: (which) => retire(which, parts),
    lookBack: (which) => lookBack(which, parts),
    rollBack: (which, by) => rollBack(which, by, parts),
  };
}
