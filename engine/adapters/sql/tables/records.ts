import type { JsonObject } from '../../../kernel/json.ts';
import type { StoredRecord } from '../../../ports/records.ts';
import type { Value } from '../columns.ts';
import { present } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

export interface RecordColumns {
  readonly type: string;
  readonly key: string;
  readonly unique_key: string | null;
  readonly version: number | string;
  readonly value: string;
  readonly release: string;
  readonly created_at: number | string;
  readonly updated_at: number | string;
}

/** The names of the columns, in the order of {@link recordValues}. */
export const RECORD_COLUMNS =
  'type, key, unique_key, version, value, release, created_at, updated_at';

export function recordValues(record: StoredRecord): readonly Value[] {
  const { type, key, unique, version, value, release, createdAt, updatedAt } = record;
  return [type, key, unique ?? null, version, toJson(value), release, createdAt, updatedAt];
}

export function storedRecord(row: RecordColumns): StoredRecord {
  const { type, key, unique_key: unique, version, value, release } = row;
  return {
    ...{ type, key, ...present('unique', unique), version: Number(version) },
    ...{ value: fromJson(value) as JsonObject, release },
    ...{ createdAt: Number(row.created_at), updatedAt: Number(row.updated_at) },
  };
}
