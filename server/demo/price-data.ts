import sqlite3 from 'sqlite3';
import { ARTICLES } from './catalogue.ts';
import type { Fault, Faults } from './faults.ts';

/** The price database: one SQLite file that the connector only reads. */
export interface PriceData {
  readonly file: string;
  /** Resolves when the newest change of its fault has reached the file. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that a change waits for whoever reads. */
const PATIENCE = 5000;
const VALID_FROM = '2024-01-01';

/** Writes the prices anew and follows the fault of `pricing.lookup`. */
export async function openPriceData(file: string, faults: Faults): Promise<PriceData> {
  const database = await open(file);
  database.configure('busyTimeout', PATIENCE);
  await run(
    database,
    `create table if not exists price_entry (
      price_list_id text not null, sku text not null, net_cents integer not null,
      valid_from text not null, primary key (price_list_id, sku, valid_from)
    )`,
  );
  let held = false;
  const apply = async (fault: Fault): Promise<void> => {
    if (held) await run(database, 'rollback');
    held = false;
    await fill(database, fault);
    if (fault.kind === 'fail') {
      // Whoever reads finds the database locked.
      await run(database, 'begin exclusive');
      held = true;
    }
  };
  let queue = apply(faults.of('pricing.lookup'));
  faults.watch('pricing.lookup', (fault) => {
    queue = queue.then(() => apply(fault));
  });
  await queue;
  return {
    file,
    settled: () => queue,
    close: async () => {
      await queue;
      if (held) await run(database, 'rollback');
      await closed(database);
    },
  };
}

/** Fills the table with good prices, with none, or with nonsense. */
async function fill(database: sqlite3.Database, fault: Fault): Promise<void> {
  const entries = ARTICLES.flatMap(({ sku, cents }) =>
    Object.entries(cents).map(([list, price]) => [list, sku, price, VALID_FROM] as const),
  );
  await run(database, 'begin');
  await run(database, 'delete from price_entry');
  for (const [list, sku, price, validFrom] of fault.kind === 'refuse' ? [] : entries) {
    const cents = fault.kind === 'wrong' ? -price - 1 : price;
    await run(database, 'insert into price_entry values (?, ?, ?, ?)', [
      list,
      sku,
      cents,
      validFrom,
    ]);
  }
  await run(database, 'commit');
}

function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, (error) => {
      if (error === null) resolve(database);
      else reject(error);
    });
  });
}

function run(
  database: sqlite3.Database,
  statement: string,
  values: readonly (string | number)[] = [],
): Promise<void> {
  return new Promise((resolve, reject) => {
    database.run(statement, [...values], (error: Error | null) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function closed(database: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    database.close((error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
