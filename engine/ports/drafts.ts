import type { Risk } from '../governance/publishing/risk.ts';
import type { Tier } from '../governance/publishing/publishing-rules.ts';
import type { Actor } from '../kernel/effects.ts';
import type { WorkflowSource } from '../kernel/definition/workflow.ts';

/** How far a draft has come. What is published, rejected or withdrawn stays as it is. */
export type DraftStatus = 'draft' | 'in-review' | 'published' | 'rejected' | 'withdrawn';

/** What somebody said of a draft under review. */
export interface ReviewWord {
  readonly tier: Tier;
  readonly actor: Actor;
  readonly reason: string;
  readonly at: number;
}

/** What was found of a draft when it was sent for review. */
export interface DraftReview {
  readonly risk: Risk;
  /** How much of its states and rules its test cases reach: 0 to 1. */
  readonly coverage: number;
  readonly sentAt: number;
  /** One for each tier that has approved it. */
  readonly approvals: readonly ReviewWord[];
  readonly rejection?: Omit<ReviewWord, 'tier'>;
}

/** A workflow on its way to become a version. */
export interface WorkflowDraft {
  readonly id: string;
  readonly workflow: string;
  /** The team that the workflow names as its own. */
  readonly team: string;
  readonly source: WorkflowSource;
  readonly author: Actor;
  /** The newest version when it was begun; 0 for a new workflow. */
  readonly base: number;
  /** Raised by each change; the first is 1. */
  readonly revision: number;
  readonly status: DraftStatus;
  readonly changedAt: number;
  /** Since it was sent for review. */
  readonly review?: DraftReview;
  /** The version that it became. */
  readonly version?: number;
}

/** A draft as a list shows it. */
export type DraftRow = Omit<WorkflowDraft, 'source'>;

/** Drafts of workflows. Whatever decides about one is saved by a governance step. */
export interface Drafts {
  draft(id: string): Promise<WorkflowDraft | undefined>;
  /** Those of a workflow, or in these statuses, or both; changed last first, at most `limit`. */
  list(
    filter: { readonly workflow?: string; readonly statuses?: readonly DraftStatus[] },
    limit: number,
  ): Promise<readonly DraftRow[]>;
  /**
   * Saves what its author writes: a new draft with revision 1, or the next revision of one that is
   * still a draft. Answers false, and saves nothing, where another revision stands.
   */
  save(draft: WorkflowDraft): Promise<boolean>;
}
