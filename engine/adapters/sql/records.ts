import type { RecordQuery, Records, RecordWriteEnd, StoredRecord } from '../../ports/records.ts';
import type { Value } from './columns.ts';
import type { Database } from './database.ts';
import { toJson } from './json.ts';
import { createRecordViews } from './record-views.ts';
import type { Session } from './session.ts';
import type { RecordColumns } from './tables/records.ts';
import { RECORD_COLUMNS, recordValues, storedRecord } from './tables/records.ts';

type NotWritten = Exclude<RecordWriteEnd, { readonly kind: 'written' }>;

export function createRecords(database: Database): Records {
  const { dialect, read } = database;
  const byEffect = database.statement(
    'record_by_effect',
    `select ${RECORD_COLUMNS} from record_writes where effect = ?`,
  );
  const versionOf = database.statement(
    'version_of_record',
    'select version from records where type = ? and key = ?',
  );
  const sameUnique = database.statement(
    'record_with_same_unique',
    'select key from records where type = ? and unique_key = ? and key <> ?',
  );
  const put = database.statement(
    'put_record',
    `insert into records (${RECORD_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (type, key) do update set unique_key = excluded.unique_key,
        version = excluded.version, value = excluded.value, release = excluded.release,
        updated_at = excluded.updated_at`,
  );
  const note = database.statement(
    'note_record_write',
    `insert into record_writes (effect, ${RECORD_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const lock =
    dialect.lockText === undefined
      ? undefined
      : database.statement('lock_record', dialect.lockText);

  /** Of two hosts that write the same, the second sees what the first has written. */
  const lockFor = async (session: Session, { type, key, unique }: StoredRecord): Promise<void> => {
    if (lock === undefined) return;
    await session.all(lock, [`record ${type} ${key}`]);
    if (unique !== undefined) await session.all(lock, [`unique ${type} ${unique}`]);
  };

  const whyNot = async (
    session: Session,
    effect: string,
    record: StoredRecord,
  ): Promise<NotWritten | undefined> => {
    const { type, key, unique, version } = record;
    const [earlier] = (await session.all(byEffect, [effect])) as readonly RecordColumns[];
    if (earlier !== undefined) return { kind: 'repeated', record: storedRecord(earlier) };
    const [current] = (await session.all(versionOf, [type, key])) as readonly RecordColumns[];
    if (Number(current?.version ?? 0) !== version - 1) return { kind: 'conflict' };
    if (unique === undefined) return undefined;
    const [other] = (await session.all(sameUnique, [
      ...[type, unique, key],
    ])) as readonly RecordColumns[];
    return other && { kind: 'not-unique', key: other.key };
  };

  return {
    get: async (type, key) => {
      const row = await read<RecordColumns>('records').where({ type, key }).first();
      return row && storedRecord(row);
    },
    find: async (query) => {
      const { type, limit } = query;
      const { condition, values } = fieldsAre(query, dialect.jsonContains);
      const rows = await read<RecordColumns>('records')
        .where({ type })
        .whereRaw(condition, [...values])
        .orderBy('key')
        .limit(limit);
      return rows.map(storedRecord);
    },
    page: async (type, after, limit) => {
      const query = read<RecordColumns>('records').where({ type }).orderBy('key').limit(limit);
      if (after !== undefined) void query.where('key', '>', after);
      return (await query).map(storedRecord);
    },
    show: createRecordViews(database),
    writtenBy: async (effect) => {
      const row = await read<RecordColumns & { readonly effect: string }>('record_writes')
        .where({ effect })
        .first();
      return row && storedRecord(row);
    },
    write: async (effect, record) => {
      const refusal = await database.attempt<NotWritten>(async (session) => {
        await lockFor(session, record);
        const not = await whyNot(session, effect, record);
        if (not !== undefined) return not;
        const values = recordValues(record);
        await session.run(put, values);
        await session.run(note, [effect, ...values]);
        return undefined;
      });
      return refusal ?? { kind: 'written' };
    },
  };
}

/** Compares fields of the stored JSON; `contains` is how a database compares them all at once. */
function fieldsAre(
  { where }: RecordQuery,
  contains: string | undefined,
): { readonly condition: string; readonly values: readonly Value[] } {
  const fields = Object.entries(where);
  if (fields.length === 0) return { condition: '1 = 1', values: [] };
  if (contains !== undefined) return { condition: contains, values: [toJson(where)] };
  return {
    condition: fields.map(() => 'json_extract(value, ?) = ?').join(' and '),
    values: fields.flatMap(([name, value]) => [
      `$.${JSON.stringify(name)}`,
      // SQLite reads true and false out of JSON as 1 and 0.
      typeof value === 'boolean' ? Number(value) : value,
    ]),
  };
}
