import type { Json, JsonObject } from '../kernel/json.ts';

/** One object of a type that is owned here, as it is now. Times are epoch milliseconds. */
export interface StoredRecord {
  /** `Quote`. */
  readonly type: string;
  /** Tells it from the others of its type. */
  readonly key: string;
  /** What no other record of its type may have as well; absent where nothing is asked. */
  readonly unique?: string;
  /** 1 when it is made, and one more with each change. */
  readonly version: number;
  /** Texts in it are whole: no NUL and no half of a pair. */
  readonly value: JsonObject;
  /** The release whose type it was held against. */
  readonly release: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Which records are looked for: those whose fields have all these values. */
export interface RecordQuery {
  readonly type: string;
  /** By the name of a field: text, number, or yes/no. */
  readonly where: Readonly<Record<string, Exclude<Json, object>>>;
  readonly limit: number;
}

/**
 * How a write ended:
 * - `written`: the record is stored, together with its effect.
 * - `repeated`: the same effect has written before; this is what it wrote then.
 * - `conflict`: there is no version before this one, or a later one, or, for version 1, a record.
 * - `not-unique`: another record has the same `unique`; `key` is the key of that.
 */
export type RecordWriteEnd =
  | { readonly kind: 'written' }
  | { readonly kind: 'repeated'; readonly record: StoredRecord }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'not-unique'; readonly key: string };

/** A field as report tools see it; a decimal is exact, and `json` a group or a list. */
export interface ViewedField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'decimal' | 'yes/no' | 'json';
}

/** The records of one type as report tools see them. */
export interface RecordView {
  /** `QuoteLine`, which they read as `view_quote_line`. */
  readonly type: string;
  readonly fields: readonly ViewedField[];
}

/** The objects of the types that are owned here. */
export interface Records {
  get(type: string, key: string): Promise<StoredRecord | undefined>;
  /** In the order of their keys. */
  find(query: RecordQuery): Promise<readonly StoredRecord[]>;
  /**
   * At most `limit` records of a type, in the order of their keys.
   * @param after - only those whose keys come after this one (Default: from the first on)
   */
  page(type: string, after: string | undefined, limit: number): Promise<readonly StoredRecord[]>;
  /** Finds what an effect has written. */
  writtenBy(effect: string): Promise<StoredRecord | undefined>;
  /**
   * Stores a record in place of the version before it, or its version 1 where there is none, in one
   * transaction with the name of its effect: however often an effect is tried, it writes once.
   */
  write(effect: string, record: StoredRecord): Promise<RecordWriteEnd>;
  /**
   * Lets report tools read the records of these types, and of no others, each as a view of the
   * database where it has any. Answers the names of views that stay as they were, because somebody
   * has made others of them.
   */
  show(views: readonly RecordView[]): Promise<readonly string[]>;
}
