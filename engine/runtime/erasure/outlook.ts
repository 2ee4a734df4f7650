import type { BodyPath } from '../../governance/erasure/sealed.ts';
import type { Json } from '../../kernel/json.ts';
import type { CaseErasure, RecordErasure, WriteErasure } from '../../ports/erasure.ts';

/** Whose personal data is erased: of one case and those that it ran, or wherever a value of a person stands. */
export type ErasureTarget =
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'person'; readonly value: string };

/** Why a case stays as it is. */
export interface ErasureRefusal {
  readonly kind: 'running' | 'pending' | 'parent' | 'moving' | 'before' | 'nothing';
  readonly message: string;
  /** The case that has to end before, by its id: this one, or the one that ran it. */
  readonly first?: string;
}

/** What would become of one case. */
export interface CaseOutlook {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  /** How many entries lose personal values, and which: the names of the fields. */
  readonly entries: number;
  readonly fields: readonly string[];
  readonly files: number;
  /** Where the value that was looked for stands and stays, because no type says that it is personal. */
  readonly stays: readonly string[];
  /** Absent where it can be erased. */
  readonly refused?: ErasureRefusal;
}

/** What would become of one record: it loses some fields, or goes as a whole. */
export interface RecordOutlook {
  readonly type: string;
  readonly key: string;
  readonly version: number;
  readonly becomes: 'emptied' | 'removed';
}

/** What would be erased, and what would stay. */
export interface ErasureOutlook {
  readonly cases: readonly CaseOutlook[];
  readonly records: readonly RecordOutlook[];
  /** Earlier versions of records that lose personal values. */
  readonly writes: number;
  /** Changes with the facts. */
  readonly token: string;
}

/** What one case becomes; made with the number of the act that erases it. */
export type MakeErasure = (act: number, now: number) => CaseErasure;

/** Of one case: what is shown, and what is written. */
export interface ThoughtCase {
  readonly outlook: CaseOutlook;
  readonly make?: MakeErasure;
}

export interface ThoughtRecords {
  readonly outlook: readonly RecordOutlook[];
  readonly records: readonly RecordErasure[];
  readonly writes: readonly WriteErasure[];
}

/** The shortest text that is taken to be part of another. */
const SHORTEST = 3;

/** The texts and numbers in a value, wherever they stand in it. */
export function textsIn(value: Json): readonly string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as Readonly<Record<string, Json>>).flatMap(textsIn);
}

/** The places where a value has a text, written `form.data.email`. */
export function placesOf(value: Json, text: string, at: BodyPath = []): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return small(String(value)).includes(small(text)) ? [at.join('.')] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([name, inner]) =>
    placesOf(inner, text, [...at, name]),
  );
}

/** Tells whether a key gives a text away; a short one only where it is all of the key. */
export function tellsOf(key: string, text: string): boolean {
  return key === text || (text.length >= SHORTEST && key.includes(text));
}

/** Compared without regard to the case of A to Z, as the store does. */
export function small(text: string): string {
  return text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}
