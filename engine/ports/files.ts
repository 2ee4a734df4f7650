import type { FileValue } from '../kernel/values/file-value.ts';

/** A stored file, and for whom it is kept. Times are epoch milliseconds. */
export interface StoredFile extends FileValue {
  /** The key of the unfinished form that it was uploaded to; nobody else may send it. */
  readonly owner: string;
  /** The case that carries it; it then lives as long as the case. */
  readonly caseId?: string;
}

/** A file that is about to be stored. */
export interface NewFile extends Pick<StoredFile, 'id' | 'name' | 'type' | 'owner'> {
  /** Until when it is kept while no case carries it. */
  readonly keepUntil: number;
}

/** What people have uploaded. A step that is saved through `cases` makes a case carry files. */
export interface Files {
  /**
   * Stores a file as its content comes, never all of it in memory; answers what it is. Where the
   * content breaks off with an error, nothing is left, and the error is thrown.
   */
  add(file: NewFile, content: AsyncIterable<Uint8Array>): Promise<StoredFile>;
  /** Finds a file that is stored whole. */
  find(id: string): Promise<StoredFile | undefined>;
  /** The content of a file, piece by piece; none of a file that is not there. */
  read(id: string): AsyncIterable<Uint8Array>;
  /** Keeps what was uploaded to an unfinished form until another time; what a case carries stays. */
  keep(owner: string, until: number): Promise<void>;
  /** Removes files of an unfinished form; one that a case carries stays. */
  remove(owner: string, ids: readonly string[]): Promise<void>;
  /** Removes what no case carries and is kept no longer; answers how many files. */
  sweep(now: number): Promise<number>;
}
