/** Where a case lies: among those that may go on, or in the archive. */
export type CasePlace = 'live' | 'archive';

/** What a verifier needs of a case. Nothing of it is believed: anybody may have altered it. */
export interface AuditedCase {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  readonly head: string;
  readonly snapshot: string;
}

/** An entry as it is stored, its JSON as text. */
export interface StoredEntry {
  readonly caseId: string;
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly body: string;
  /** Absent in an entry of format 1. */
  readonly sealed?: string;
  /** The salt and the personal values; absent where they were erased, and in format 1. */
  readonly personal?: string;
  readonly snapshotDigest: string;
  readonly previous: string;
  readonly hash: string;
}

/** Reads the whole history in the order of the ids of its cases, to hold it against itself. */
export interface AuditReader {
  /** Cases whose id is above `after` and not above `upTo` (absent: to the end). */
  cases(
    place: CasePlace,
    after: string,
    upTo: string | undefined,
    limit: number,
  ): Promise<readonly AuditedCase[]>;
  case(place: CasePlace, id: string): Promise<AuditedCase | undefined>;
  /** Entries behind one of a case, of it and of cases up to an id (absent: to the end). */
  entries(
    place: CasePlace,
    after: Pick<StoredEntry, 'caseId' | 'seq'>,
    upTo: string | undefined,
    limit: number,
  ): Promise<readonly StoredEntry[]>;
}
