import { AT_MOST, IF_VERSION } from '../../governance/core/record-words.ts';
import type { RecordOperation, RecordsConnector } from '../../governance/connector-manifest.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import type { Validate } from '../../kernel/validator/schema-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorAnswer, ConnectorCall, OpenConnector } from '../../ports/connector.ts';
import type { RecordQuery, Records, StoredRecord } from '../../ports/records.ts';
import { keyOf, uniqueOf } from './record-key.ts';

/** How many records `find` answers unless it is asked for more. */
const USUALLY_FOUND = 100;
/** How often a change is worked out anew because others changed the record meanwhile. */
const ROUNDS = 20;
/** The longest key that every database can hold in an index. */
const LONGEST_KEY = 500;

export interface RecordSurroundings {
  readonly records: Records;
  /** The release of the types. */
  readonly release: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly compile: (schema: JsonSchema) => Validate;
}

/** Opens the operations on records. What they refuse is final, so that a workflow can go on by `failed`. */
export function openRecordsConnector(
  manifest: RecordsConnector,
  around: RecordSurroundings,
): OpenConnector {
  const entries = Object.entries(manifest.operations);
  return {
    operations: new Map(
      entries.map(([short, operation]) => [short, (call) => carryOut(operation, call, around)]),
    ),
    close: () => Promise.resolve(),
  };
}

async function carryOut(
  operation: RecordOperation,
  call: ConnectorCall,
  around: RecordSurroundings,
): Promise<ConnectorAnswer> {
  if (BROKEN_TEXT.test(JSON.stringify(call.input)))
    return refused(
      'record-invalid',
      'A text holds half a character, or one that cannot be stored.',
    );
  try {
    return await WORK[operation.record.does](operation, call, around);
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'database-unavailable') throw error;
    return { kind: 'retry', code: error.code, message: error.message };
  }
}

/** NUL, or half of a pair, in the JSON of a text: no database keeps them all. */
const BROKEN_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

type Work = (
  operation: RecordOperation,
  call: ConnectorCall,
  around: RecordSurroundings,
) => Promise<ConnectorAnswer>;

const find: Work = async ({ record: { type } }, { input }, { records }) => {
  const { [AT_MOST]: limit = USUALLY_FOUND, ...where } = input;
  const found = await records.find({
    ...{ type, limit: Number(limit) },
    where: where as RecordQuery['where'],
  });
  return { kind: 'ok', output: { records: found.map(({ value }) => value) } };
};

const get: Work = async ({ record: { type, key } }, { input }, { records }) => {
  const found = await records.get(type, keyOf(key, input));
  return found === undefined ? missing(type, key, input) : answer(found);
};

const create: Work = async ({ record }, { input, idempotencyKey }, around) => {
  const value = input['record'] as JsonObject;
  const made = recordOf(record, value, around);
  if (isTooLong(made)) return tooLong(record.type);
  const end = await around.records.write(idempotencyKey, made);
  if (end.kind === 'written') return answer(made);
  if (end.kind === 'repeated') return answer(end.record);
  if (end.kind === 'not-unique') return notUnique(record, end.key);
  const message = `There is a ${record.type} with ${shown(record.key, value)} already.`;
  return refused('record-exists', message);
};

const update: Work = async ({ record }, call, around) => {
  const { records, compile } = around;
  const { type, key } = record;
  const { [IF_VERSION]: expected, ...changes } = call.input;
  const earlier =
    call.earlier === 'none' ? undefined : await records.writtenBy(call.idempotencyKey);
  if (earlier !== undefined) return answer(earlier);
  for (let round = 0; round < ROUNDS; round++) {
    const current = await records.get(type, keyOf(key, changes));
    if (current === undefined) return missing(type, key, changes);
    if (expected !== undefined && expected !== current.version)
      return changedMeanwhile(type, Number(expected), current);
    const value = { ...current.value, ...changes };
    const [wrong] = compile({ $ref: type })(value);
    if (wrong !== undefined)
      return refused(
        'record-invalid',
        `The ${type} would not fit: ${wrong.pointer} ${wrong.message}.`,
      );
    const { version, createdAt } = current;
    const made = { ...recordOf(record, value, around), version: version + 1, createdAt };
    if (isTooLong(made)) return tooLong(type);
    const end = await records.write(call.idempotencyKey, made);
    if (end.kind === 'written') return answer(made);
    if (end.kind === 'repeated') return answer(end.record);
    if (end.kind === 'not-unique') return notUnique(record, end.key);
  }
  const message = `Others kept changing the ${type} with ${shown(key, changes)}.`;
  return { kind: 'retry', code: 'record-busy', message, certainly: 'not done' };
};

const WORK: Readonly<Record<RecordOperation['record']['does'], Work>> = {
  find,
  get,
  create,
  update,
};

function recordOf(
  { type, key, unique }: RecordOperation['record'],
  value: JsonObject,
  { release, clock }: RecordSurroundings,
): StoredRecord {
  const now = clock.now();
  const alone = uniqueOf(unique, value);
  return {
    ...{ type, key: keyOf(key, value), ...(alone !== undefined && { unique: alone }) },
    ...{ version: 1, value, release, createdAt: now, updatedAt: now },
  };
}

function answer({ value, version }: StoredRecord): ConnectorAnswer {
  return { kind: 'ok', output: { record: value, version } };
}

function refused(code: string, message: string): ConnectorAnswer {
  return { kind: 'final', code, message };
}

function missing(type: string, key: readonly string[], input: JsonObject): ConnectorAnswer {
  return refused('record-missing', `There is no ${type} with ${shown(key, input)}.`);
}

function changedMeanwhile(
  type: string,
  expected: number,
  { version }: StoredRecord,
): ConnectorAnswer {
  const message = `The ${type} was changed meanwhile: it has version ${version}, not ${expected}.`;
  return refused('record-changed', message);
}

function notUnique({ type, unique }: RecordOperation['record'], key: string): ConnectorAnswer {
  const message = `Another ${type} (${key}) has the same ${unique.join(' and ')} already.`;
  return refused('record-not-unique', message);
}

function isTooLong({ key, unique = '' }: StoredRecord): boolean {
  return key.length > LONGEST_KEY || unique.length > LONGEST_KEY;
}

function tooLong(type: string): ConnectorAnswer {
  const message = `The key of a ${type}, and what is unique, have ${LONGEST_KEY} characters at most.`;
  return refused('record-invalid', message);
}

function shown(key: readonly string[], input: JsonObject): string {
  return key.map((name) => `${name} ${JSON.stringify(input[name] as Json)}`).join(', ');
}
