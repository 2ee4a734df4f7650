import type { CaseHead } from '../../governance/checkpoint.ts';
import type { Session } from './session.ts';

/** How far the newest checkpoint has read, or the one that is being made. */
export interface Place {
  /** Grows whenever what was read behind a place may not be all. */
  readonly round: number;
  /** Of heads that went to the archive: the last that was read. (Default: entries are still read) */
  readonly archived?: string;
  /** It stands within a run. */
  readonly isCut?: true;
  /** Its run goes on with one that was cut. */
  readonly isResumed?: true;
}

/** Heads of the entries behind a place. */
export interface EntryPage<P extends Place> {
  readonly heads: readonly CaseHead[];
  readonly place: P;
  readonly isMore: boolean;
}

/** What tells entries that were saved after others, whoever saved them. */
export interface EntryOrder<P extends Place> {
  /** Where a run begins that comes after a place. */
  begin(session: Session, stored: P | undefined): Promise<P>;
  page(session: Session, place: P, limit: number): Promise<EntryPage<P>>;
  /** Where the run after a run begins. */
  end(place: P): P;
}

export interface HeadColumns {
  readonly case_id: string;
  readonly seq: number;
  readonly hash: string;
}

export function caseHead({ case_id: caseId, seq, hash }: HeadColumns): CaseHead {
  return { caseId, seq, hash };
}
