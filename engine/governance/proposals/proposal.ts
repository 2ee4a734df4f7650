import type { Signature, SignedRelease } from './statement.ts';

/**
 * - `open`: waits for approvals; may be changed and withdrawn.
 * - `released`, `rejected`, `withdrawn`: over.
 */
export type ProposalStatus = 'open' | 'released' | 'rejected' | 'withdrawn';

/** The files that a change of the core touches, by path; `null` takes a file away. */
export type ChangedFiles = Readonly<Record<string, string | null>>;

/** A change of the core that is to become its next release. */
export interface Proposal extends SignedRelease {
  /** Starts at 1 and has no gaps. */
  readonly number: number;
  /** Why it is needed, in its author's words. */
  readonly why: string;
  /** The release that it changes. */
  readonly base: string;
  readonly files: ChangedFiles;
  readonly status: ProposalStatus;
  /** Who proposed it; their signature covers the release. */
  readonly author: Signature;
  /** Who has brought it here from another environment: signed like its author, and counts as one. */
  readonly broughtBy?: Signature;
  readonly approvals: readonly Signature[];
  /** How it ended, where it was rejected or withdrawn. */
  readonly ended?: {
    readonly name: string;
    readonly email: string;
    readonly at: number;
    readonly why: string;
  };
  readonly createdAt: number;
  readonly changedAt: number;
}
