import type { Value } from '../../engine/adapters/sql/columns.ts';
import type { Session, Statement } from '../../engine/adapters/sql/session.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { Step } from '../../engine/ports/step.ts';
import type { Client } from './drivers.ts';
import { openRaw } from './drivers.ts';
import type { Row, Rows } from './raw-rows.ts';
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
  { file, client }: { readonly file: string; readonly client: Client },
  sample: readonly Step[],
  work: (writer: RawWriter) => Promise<T>,
): Promise<T> {
  const migrated = await openStore({ file, client });
  await migrated.close();
  const { session, close } = await openRaw(file, client);
  try {
    for (const rows of [RAW_CASES, RAW_TASKS]) await writeGroups(session, [rowsOf(rows, sample)]);
    return await work(rawWriter(session, sample));
  } finally {
    await close();
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
        const groups = RAW_WRITES.map((rows) => rowsOf(rows, steps));
        busy += await writeGroups(session, groups);
        written += steps.length;
      }
      return (written * 1000) / busy;
    },
  };
}

/** Rows of one table, and the statement that writes them. */
interface Written extends Omit<Rows, 'of'> {
  readonly rows: readonly Row[];
}

function rowsOf({ of, ...rows }: Rows, steps: readonly Step[]): Written {
  return { ...rows, rows: steps.flatMap(of) };
}

/** Writes rows in one transaction; answers for how many milliseconds the driver worked. */
export async function writeGroups(session: Session, all: readonly Written[]): Promise<number> {
  const groups = all.filter(({ rows }) => rows.length > 0).map(group);
  const start = performance.now();
  await session.run(BEGIN);
  for (const { statement, values } of groups) await session.run(statement, values);
  await session.run(COMMIT);
  return performance.now() - start;
}

function group({ name, text, rows }: Written): Group {
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
