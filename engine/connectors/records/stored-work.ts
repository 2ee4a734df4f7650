import { AT_MOST, IF_VERSION } from '../../governance/core/record-words.ts';
import type { RecordWork } from '../../governance/connector-manifest.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { ConnectorAnswer } from '../../ports/connector.ts';
import type { RecordQuery, StoredRecord } from '../../ports/records.ts';
import { keyOf, uniqueOf } from './record-key.ts';
import type { RecordSurroundings, RecordWorker } from './record-worker.ts';
import { USUALLY_FOUND, missing, refused, shown, valueIn } from './record-worker.ts';

/** How often a change is worked out anew because others changed the record meanwhile. */
const ROUNDS = 20;
/** The longest key that every database can hold in an index. */
const LONGEST_KEY = 500;

/** Finds stored records by the values of their fields. */
export const findRecords: RecordWorker = async ({ record: { type } }, { input }, around) => {
  const { [AT_MOST]: limit = USUALLY_FOUND, ...rest } = input;
  const where = rest as RecordQuery['where'];
  const query = { type, limit: Number(limit) };
  const before = inEarlierNames(where, around.earlier?.namesOf(type) ?? new Map<string, string>());
  const found = await Promise.all(
    [where, ...(before === undefined ? [] : [before])].map((asked) =>
      around.records.find({ ...query, where: asked }),
    ),
  );
  const byKey = new Map(found.flat().map((one) => [one.key, one]));
  const inOrder = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const values = await Promise.all(inOrder.map((one) => valueIn(around, one)));
  const fitting = values.filter((value) =>
    Object.entries(where).every(([name, asked]) => value[name] === asked),
  );
  return { kind: 'ok', output: { records: fitting.slice(0, query.limit) } };
};

/** What is looked for in records that were written before fields got their names of now. */
function inEarlierNames(
  where: RecordQuery['where'],
  names: ReadonlyMap<string, string>,
): RecordQuery['where'] | undefined {
  if (!Object.keys(where).some((name) => names.has(name))) return undefined;
  const entries = Object.entries(where).map(([name, value]) => [names.get(name) ?? name, value]);
  return Object.fromEntries(entries) as RecordQuery['where'];
}

/** Gets a stored record by its key. */
export const getRecord: RecordWorker = async ({ record: { type, key } }, { input }, around) => {
  const found = await around.records.get(type, keyOf(key, input));
  if (found === undefined) return missing(type, key, input);
  return answer({ ...found, value: await valueIn(around, found) });
};

/** Stores a record that was not there. */
export const createRecord: RecordWorker = async ({ record }, { input, idempotencyKey }, around) => {
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

/** Changes fields of a stored record. */
export const updateRecord: RecordWorker = async ({ record }, call, around) => {
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
    const value = { ...(await valueIn(around, current)), ...changes };
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

function recordOf(
  { type, key, unique }: RecordWork,
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

function changedMeanwhile(
  type: string,
  expected: number,
  { version }: StoredRecord,
): ConnectorAnswer {
  const message = `The ${type} was changed meanwhile: it has version ${version}, not ${expected}.`;
  return refused('record-changed', message);
}

function notUnique({ type, unique }: RecordWork, key: string): ConnectorAnswer {
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
