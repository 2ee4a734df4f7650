import type { JsonObject } from '../kernel/json.ts';
import type { CasePlace } from './audit.ts';
import type { StoredRecord } from './records.ts';
import type { AuditEntry, StoredCase, Task } from './step.ts';

/** What of a finished case goes: the personal part of every entry, its files, and what is named here. */
export interface CaseErasure {
  readonly place: CasePlace;
  /** Says that it was erased, and follows its newest entry. */
  readonly entry: AuditEntry;
  /** What stays of its snapshot. */
  readonly snapshot: string;
  /** Titles of tasks that named somebody, as they are from now on. */
  readonly titles: readonly Pick<Task, 'id' | 'title'>[];
  /** The texts that go; messages that the case has taken under such a key lose it. */
  readonly texts: readonly string[];
}

/** What becomes of a record: its value without what was personal, or nothing where it cannot be without. */
export interface RecordErasure extends Pick<StoredRecord, 'type' | 'key' | 'version'> {
  readonly value?: JsonObject;
}

/** What stays of what an effect has written into a record. */
export interface WriteErasure {
  readonly effect: string;
  readonly value: JsonObject;
  /** In place of a key that is personal itself. (Default: the key stays) */
  readonly key?: string;
}

/** All that one governance step erases. */
export interface Erasures {
  readonly cases: readonly CaseErasure[];
  readonly records: readonly RecordErasure[];
  readonly writes: readonly WriteErasure[];
}

/** What lies beside a case and decides whether it can be erased. */
export interface ErasableCase {
  readonly stored: StoredCase;
  /** `both`: it is on its way to the archive. */
  readonly place: CasePlace | 'both';
  readonly jobs: number;
  readonly incidents: number;
  readonly files: number;
}

/** What an effect has written into a record. */
export interface RecordWrite {
  readonly effect: string;
  readonly record: StoredRecord;
}

/** Which of what effects have written into records is meant. */
export type WrittenOf =
  | { readonly caseId: string }
  | { readonly record: Pick<StoredRecord, 'type' | 'key'> }
  | { readonly text: string };

/** Looks for personal data that is to be erased. Texts are compared without regard to the case of A to Z. */
export interface ErasureReader {
  /** Ids of cases behind one, in their order, with an entry that has the text anywhere. */
  casesWith(text: string, after: string, limit: number): Promise<readonly string[]>;
  case(id: string): Promise<ErasableCase | undefined>;
  /** Ids of the cases that a case ran itself, in their order. */
  casesRunBy(id: string): Promise<readonly string[]>;
  /** Records that have the text anywhere. */
  recordsWith(text: string): Promise<readonly StoredRecord[]>;
  /** What was written by effects of a case, into a record, or has the text anywhere. */
  writes(of: WrittenOf): Promise<readonly RecordWrite[]>;
  /** Writes the files of the database anew, so that nothing that was erased is left between what is stored. */
  rewrite(): Promise<void>;
}
