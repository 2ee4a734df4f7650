import type { ActPoint, GovernanceAct } from '../governance/acts.ts';
import type { Proposal } from '../governance/proposals/proposal.ts';
import type { ApprovalKey } from './approval-keys.ts';
import type { WorkflowDraft } from './drafts.ts';
import type { Erasures } from './erasure.ts';
import type { InForceKey, OutOfForce } from './out-of-force.ts';
import type { CoreRelease, PublishedWorkflow } from './registry.ts';

/** All that one governance step writes. It is saved whole or not at all. */
export interface GovernanceStep {
  /** At least one; the first follows the newest act that stood when the step was thought through. */
  readonly acts: readonly [GovernanceAct, ...GovernanceAct[]];
  /** A release that is new. */
  readonly release?: CoreRelease;
  /** A proposal as it is now, new or changed. */
  readonly proposal?: Proposal;
  /** Keys as they are now, new or changed. */
  readonly keys?: readonly ApprovalKey[];
  /** Versions that are new. */
  readonly versions?: readonly PublishedWorkflow[];
  /** Drafts about which something is decided, each with the revision after the one that stands. */
  readonly drafts?: readonly WorkflowDraft[];
  /** What is taken out of force: nothing of it may be out already. */
  readonly takenOut?: readonly OutOfForce[];
  /** What is put back in force: all of it must be out. */
  readonly putBack?: readonly InForceKey[];
  /** What is erased: each case and record must be as it was when the step was thought through. */
  readonly erased?: Erasures;
}

/**
 * Everything that changes what is in force. There is no other way to write it, so nothing is
 * released or published without an act in the chain.
 */
export interface Governance {
  /**
   * Saves a step durably; answers false, and saves nothing, where its first act does not follow the
   * newest one any more: somebody else was faster.
   *
   * @throws `TrellisError` with code `bad-release` where a release is not named LINE.NUMBER.
   */
  commit(step: GovernanceStep): Promise<boolean>;
  /** The newest act, or what stands before the first. */
  newestAct(): Promise<ActPoint>;
  /** Acts in their order, those behind `after` (0: from the first), at most `limit`. */
  acts(after: number, limit: number): Promise<readonly GovernanceAct[]>;
  proposal(number: number): Promise<Proposal | undefined>;
  /** Proposals, the newest first: those with a number below `before`, at most `limit`. */
  proposals(before: number | undefined, limit: number): Promise<readonly Proposal[]>;
  /** Every key there was, the oldest first. */
  keys(): Promise<readonly ApprovalKey[]>;
}
