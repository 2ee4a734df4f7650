import type { Followed } from '../follow-case.ts';
import type { CaseRow, EventRow } from '../records.ts';

/** A case as it is stored, and as its events tell of it. */
export interface CheckedCase {
  readonly row: CaseRow;
  readonly events: readonly EventRow[];
  readonly followed: Followed;
}
