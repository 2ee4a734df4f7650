import pg from 'pg';
import { ARRIVAL } from './company.ts';
import type { HandWritten } from './hand-written.ts';
import { TABLES, movesOf } from './hand-written.ts';

/** What every statement is prepared as, by its name. */
const TEXTS = {
  addCase: 'insert into cases values ($1, 1, $2, $3)',
  readCase: 'select version, data from cases where id = $1',
  changeCase: 'update cases set version = $1, state = $2, data = $3 where id = $4 and version = $5',
  addEvent: 'insert into events values ($1, $2, $3)',
  addJob: 'insert into jobs values ($1, $2, $3, $4)',
  endJob: 'delete from jobs where id = $1',
  addMessage: 'insert into messages values ($1, $2, $3) on conflict do nothing',
} as const;

/** The workload with prepared statements of `pg`, a transaction for each step, on some connections. */
export async function handWrittenByPg(url: string, connections: number): Promise<HandWritten> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  for (const table of TABLES) await pool.query(table);
  const within = async (work: (run: Run) => Promise<void>): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await work((name, ...values) =>
        client.query({ name, text: TEXTS[name], values: [...values] }),
      );
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  return {
    deliver: async (id) => {
      await within(async (run) => {
        await run('addCase', id, 'booking', JSON.stringify(ARRIVAL.data));
        await run('addEvent', id, 1, JSON.stringify(ARRIVAL));
        await run('addJob', `${id}/1`, id, 'book', JSON.stringify(ARRIVAL.data));
      });
      for (const { state, event, save, ends, asks, message } of movesOf(id)) {
        await within(async (run) => {
          const body = JSON.stringify(event);
          if (message !== undefined) await run('addMessage', message, id, body);
          const [found] = (await run('readCase', id)).rows as { version: number; data: string }[];
          if (found === undefined) throw new Error(`There is no case ${id}.`);
          const { version } = found;
          const data = JSON.stringify({ ...(JSON.parse(found.data) as object), ...save });
          const changed = await run('changeCase', version + 1, state, data, id, version);
          if (changed.rowCount !== 1) throw new Error(`Case ${id} was changed meanwhile.`);
          await run('addEvent', id, version + 1, body);
          if (ends !== undefined) await run('endJob', ends);
          if (asks !== undefined) await run('addJob', asks, id, 'bill', '{}');
        });
      }
    },
    close: () => pool.end(),
  };
}

type Run = (
  name: keyof typeof TEXTS,
  ...values: readonly (string | number)[]
) => Promise<pg.QueryResult>;
