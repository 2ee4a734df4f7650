import type { RecordOperation } from '../../governance/connector-manifest.ts';
import type { ReferenceRow } from '../../governance/core/reference-table.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import type { Validate } from '../../kernel/validator/schema-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorAnswer, ConnectorCall } from '../../ports/connector.ts';
import type { Records, StoredRecord } from '../../ports/records.ts';

/** How many records `find` answers unless it is asked for more. */
export const USUALLY_FOUND = 100;

/** What the operations on records work with. */
export interface RecordSurroundings {
  readonly records: Records;
  /** The rows of the tables of reference data, by their types. */
  readonly reference: ReadonlyMap<string, readonly ReferenceRow[]>;
  /** The zone in which days begin. */
  readonly timeZone: string;
  /** The release of the types. */
  readonly release: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly compile: (schema: JsonSchema) => Validate;
  /** How records of earlier releases are read. (Default: as they were written) */
  readonly earlier?: EarlierRecords;
}

/** Reads records that were written under an earlier release as the types of this one say. */
export interface EarlierRecords {
  /** The value of a record in this release. */
  valueOf(record: StoredRecord): Promise<JsonObject>;
  /** What fields of a type were called before, by their names now. */
  namesOf(type: string): ReadonlyMap<string, string>;
}

/** The value of a record as this release reads it. */
export async function valueIn(
  { earlier, release }: Pick<RecordSurroundings, 'earlier' | 'release'>,
  record: StoredRecord,
): Promise<JsonObject> {
  return earlier === undefined || record.release === release
    ? record.value
    : earlier.valueOf(record);
}

/** Carries out one of the operations on records. */
export type RecordWorker = (
  operation: RecordOperation,
  call: ConnectorCall,
  around: RecordSurroundings,
) => Promise<ConnectorAnswer>;

/** Answers that something cannot be done, however often it is tried. */
export function refused(code: string, message: string): ConnectorAnswer {
  return { kind: 'final', code, message };
}

/** Answers that there is no record with a key. */
export function missing(
  type: string,
  key: readonly string[],
  input: JsonObject,
  when = '',
): ConnectorAnswer {
  return refused('record-missing', `There is no ${type} with ${shown(key, input)}${when}.`);
}

/** Writes a key as people read it: `row "A", seat 1`. */
export function shown(key: readonly string[], input: JsonObject): string {
  return key.map((name) => `${name} ${JSON.stringify(input[name] as Json)}`).join(', ');
}
