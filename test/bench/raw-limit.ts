import sqlite3 from 'sqlite3';
import type { Value } from '../../engine/adapters/sql/columns.ts';
import type { Session, Statement } from '../../engine/adapters/sql/session.ts';
import { createSqlite3Session } from '../../engine/adapters/sql/sqlite3-session.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { Step } from '../../engine/ports/step.ts';
import type { Rows } from './raw-rows.ts';
import { RAW_CASES, RAW_WRITES, RAW_TASKS, laterStep } from './raw-rows.ts';

/** Writes rows as fast as the driver can: the limit that no engine over it can pass. */
export interface RawWriter {
  /**
   * Writes one later step of every case of the sample, in one transaction with one statement for
   * each of {@link RAW_WRITES}, again and again for as long. Answers how many steps a second were durable, counting
   * only the time in which the driver worked.
   */
  write(seconds: number): Promise<number>;
}

/**
 * Opens the driver on a file with the product's own tables and makes it as durable as the product
 * does; closes it afterwards. The sample is one step of each case; all have rows in the same tables.
 */
export async function withRawWriter<T>(
  file: string,
  sample: readonly Step[],
  work: (writer: RawWriter) => Promise<T>,
): Promise<T> {
  const migrated = await openStore({ file });
  await migrated.close();
  const database = await open(file);
  const session = createSqlite3Session(database);
  try {
    await session.all({ name: 'wal', text: 'pragma journal_mode = wal' });
    await session.all({ name: 'full', text: 'pragma synchronous = full' });
    for (const rows of [RAW_CASES, RAW_TASKS]) await writeAll(session, [group(rows, sample)]);
    return await work(rawWriter(session, sample));
  } finally {
    await session.release();
    await close(database);
  }
}

/** A statement over the rows of several steps, with all their values. */
interface Group {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

const BEGIN: Statement = { name: 'begin', text: 'begin immediate' };
const COMMIT: Statement = { name: 'commit', text: 'commit' };

function rawWriter(session: Session, sample: readonly Step[]): RawWriter {
  let round = 0;
  return {
    write: async (seconds) => {
      let busy = 0;
      let written = 0;
      while (busy < seconds * 1000) {
        round += 1;
        const steps = sample.map((step) => laterStep(step, round));
        const groups = RAW_WRITES.map((rows) => group(rows, steps));
        const start = performance.now();
        await writeAll(session, groups);
        busy += performance.now() - start;
        written += steps.length;
      }
      return (written * 1000) / busy;
    },
  };
}

async function writeAll(session: Session, groups: readonly Group[]): Promise<void> {
  await session.run(BEGIN);
  for (const { statement, values } of groups) await session.run(statement, values);
  await session.run(COMMIT);
}

function group({ name, of, text }: Rows, steps: readonly Step[]): Group {
  const rows = steps.flatMap(of);
  const names = Object.keys(rows[0] ?? {});
  const columns = names.join(',');
  const cells = `(${names.map(() => '?').join(',')})`;
  const all = rows.map(() => cells).join(',');
  return {
    statement: {
      name: `${name}_${rows.length}`,
      text: `with v(${columns}) as (values ${all}) ${text(columns)}`,
    },
    values: rows.flatMap((row) => names.map((column) => row[column] ?? null)),
  };
}

async function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, (error) => {
      if (error) reject(error);
      else resolve(database);
    });
  });
}

async function close(database: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    database.close((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
