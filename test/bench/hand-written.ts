/**
 * The workload of whole cases as a good programmer would write it by hand for this one workflow: a
 * transaction for each step, no grouping, no history chain, no validation, nobody authorised.
 */
import knex from 'knex';
import type { Knex } from 'knex';
import { ARRIVAL } from './company.ts';
import { openBetterSqlite3 } from './drivers.ts';

/** Takes one case from its start to its end, four durable steps. */
export interface HandWritten {
  deliver(id: string): Promise<void>;
  close(): Promise<void>;
}

export const TABLES = [
  'create table cases (id text primary key, version integer, state text, data text)',
  'create table events (case_id text, seq integer, body text, primary key (case_id, seq))',
  'create table jobs (id text primary key, case_id text, kind text, payload text)',
  'create table messages (id text primary key, key text, body text)',
];

/** One step of a case after its start. */
interface Moved {
  readonly state: string;
  readonly event: object;
  readonly save: object;
  readonly ends?: string;
  readonly asks?: string;
  readonly message?: string;
}

/** What happens to a case after its start. */
export function movesOf(id: string): readonly Moved[] {
  return [
    {
      ...{ state: 'riding', event: { kind: 'done', rideNo: 'R-1' }, save: { rideNo: 'R-1' } },
      ends: `${id}/1`,
    },
    {
      ...{ state: 'billing', event: { kind: 'delivered', bay: 7 }, save: { bay: 7 } },
      ...{ message: `m-${id}`, asks: `${id}/3` },
    },
    {
      ...{ state: 'delivered', event: { kind: 'done', billNo: 'B-1' }, save: { billNo: 'B-1' } },
      ends: `${id}/3`,
    },
  ];
}

/** With prepared statements of `better-sqlite3`. */
export function handWritten(file: string): HandWritten {
  const database = openBetterSqlite3(file);
  for (const table of TABLES) database.prepare(table).run();
  const sql = (text: string): ReturnType<typeof database.prepare> => database.prepare(text);
  const [begin, commit] = [sql('begin immediate'), sql('commit')];
  const addCase = sql('insert into cases values (?, 1, ?, ?)');
  const readCase = sql('select version, data from cases where id = ?');
  const changeCase = sql(
    'update cases set version = ?, state = ?, data = ? where id = ? and version = ?',
  );
  const addEvent = sql('insert into events values (?, ?, ?)');
  const addJob = sql('insert into jobs values (?, ?, ?, ?)');
  const endJob = sql('delete from jobs where id = ?');
  const addMessage = sql('insert into messages values (?, ?, ?) on conflict do nothing');

  const start = (id: string): void => {
    begin.run();
    addCase.run(id, 'booking', JSON.stringify(ARRIVAL.data));
    addEvent.run(id, 1, JSON.stringify(ARRIVAL));
    addJob.run(`${id}/1`, id, 'book', JSON.stringify(ARRIVAL.data));
    commit.run();
  };
  const move = (id: string, { state, event, save, ends, asks, message }: Moved): void => {
    begin.run();
    if (message !== undefined) addMessage.run(message, id, JSON.stringify(event));
    const { version, data } = readCase.get(id) as { version: number; data: string };
    const next = JSON.stringify({ ...(JSON.parse(data) as object), ...save });
    if (changeCase.run(version + 1, state, next, id, version).changes !== 1) {
      throw new Error(`Case ${id} was changed meanwhile.`);
    }
    addEvent.run(id, version + 1, JSON.stringify(event));
    if (ends !== undefined) endJob.run(ends);
    if (asks !== undefined) addJob.run(asks, id, 'bill', '{}');
    commit.run();
  };
  return {
    deliver: (id) => {
      start(id);
      for (const moved of movesOf(id)) move(id, moved);
      return Promise.resolve();
    },
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}

/** The same through the query builder, on the same driver or on PostgreSQL. */
export async function handWrittenByKnex(settings: Knex.Config): Promise<HandWritten> {
  const database = knex({ useNullAsDefault: true, ...settings });
  for (const table of TABLES) await database.raw(table);
  const start = (id: string): Promise<void> =>
    database.transaction(async (run) => {
      const data = JSON.stringify(ARRIVAL.data);
      await run('cases').insert({ id, version: 1, state: 'booking', data });
      await run('events').insert({ case_id: id, seq: 1, body: JSON.stringify(ARRIVAL) });
      await run('jobs').insert({ id: `${id}/1`, case_id: id, kind: 'book', payload: data });
    });
  const move = (id: string, { state, event, save, ends, asks, message }: Moved): Promise<void> =>
    database.transaction(async (run) => {
      const body = JSON.stringify(event);
      if (message !== undefined) {
        await run('messages').insert({ id: message, key: id, body }).onConflict('id').ignore();
      }
      const found = await run<{ id: string; version: number; data: string }>('cases')
        .where({ id })
        .first('version', 'data');
      if (found === undefined) throw new Error(`There is no case ${id}.`);
      const { version } = found;
      const data = JSON.stringify({ ...(JSON.parse(found.data) as object), ...save });
      const changed = { version: version + 1, state, data };
      if ((await run('cases').where({ id, version }).update(changed)) !== 1) {
        throw new Error(`Case ${id} was changed meanwhile.`);
      }
      await run('events').insert({ case_id: id, seq: version + 1, body });
      if (ends !== undefined) await run('jobs').where({ id: ends }).delete();
      if (asks !== undefined) {
        await run('jobs').insert({ id: asks, case_id: id, kind: 'bill', payload: '{}' });
      }
    });
  return {
    deliver: async (id) => {
      await start(id);
      for (const moved of movesOf(id)) await move(id, moved);
    },
    close: () => database.destroy(),
  };
}

/** Opens a file with knex and `better-sqlite3`, as durable as the product does. */
export function handWrittenByKnexOnSqlite(filename: string): Promise<HandWritten> {
  return handWrittenByKnex({
    client: 'better-sqlite3',
    connection: { filename },
    pool: {
      ...{ min: 1, max: 1 },
      afterCreate: (
        connection: ReturnType<typeof openBetterSqlite3>,
        done: (error: unknown) => void,
      ) => {
        connection.pragma('journal_mode = wal');
        connection.pragma('synchronous = full');
        done(undefined);
      },
    },
  });
}
