import type { Columns, RowOf, Value } from './columns.ts';
import type { Dialect } from './dialect.ts';
import type { Session, Statement } from './session.ts';

/** A statement over many rows at once, which its text calls `v`. */
export interface Batch<C extends Columns = Columns> {
  readonly name: string;
  readonly columns: C;
  /** SQL that reads from `v`. Must change nothing for a row of nulls. */
  readonly text: string;
}

/**
 * How many rows a statement is made for; a smaller group is filled up with rows of nulls. So few
 * texts that each stays prepared. SQLite takes no more than 500 rows in one compound.
 */
const SIZES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 200] as const;
const LARGEST = 200;

/** A batch that adds rows, passing over those whose key exists. */
export function insertInto<C extends Columns>(
  table: string,
  columns: C,
  key: keyof C & string,
): Batch<C> {
  const names = Object.keys(columns).join(', ');
  return {
    name: `add_${table}`,
    columns,
    text: `insert into ${table} (${names}) select ${names} from v where ${key} is not null on conflict do nothing`,
  };
}

/** A batch that adds rows, or puts them in the place of those with the same key. */
export function replaceIn<C extends Columns>(
  table: string,
  columns: C,
  key: keyof C & string,
): Batch<C> {
  const names = Object.keys(columns);
  const others = names.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`);
  return {
    name: `put_${table}`,
    columns,
    text: `insert into ${table} (${names.join(', ')}) select ${names.join(', ')} from v
      where ${key} is not null on conflict (${key}) do update set ${others.join(', ')}`,
  };
}

/** Runs batches on a database; keeps the texts that it has made. */
export interface BatchRunner {
  /** Runs a batch over all rows; answers how many rows of its table it changed. */
  run<C extends Columns>(
    session: Session,
    batch: Batch<C>,
    rows: readonly RowOf<C>[],
  ): Promise<number>;
  /** Runs a batch over all rows; answers the rows that its text selects or returns. */
  all<C extends Columns>(
    session: Session,
    batch: Batch<C>,
    rows: readonly RowOf<C>[],
  ): Promise<readonly object[]>;
}

/** One statement of a batch, with the values of its rows. */
interface Chunk {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

export function createBatchRunner(dialect: Dialect): BatchRunner {
  const statements = new Map<string, Statement>();
  const statementFor = (batch: Batch, size: number): Statement => {
    const name = `${batch.name}_${size}`;
    const known = statements.get(name);
    if (known) return known;
    const made = { name, text: writeBatch(dialect, batch, size) };
    statements.set(name, made);
    return made;
  };
  const chunksOf = (batch: Batch, rows: readonly RowOf<Columns>[]): readonly Chunk[] => {
    const chunks: Chunk[] = [];
    for (let from = 0; from < rows.length; from += LARGEST) {
      const chunk = rows.slice(from, from + LARGEST);
      const size = SIZES.find((one) => one >= chunk.length) ?? LARGEST;
      const values = flatten(Object.keys(batch.columns), chunk, size);
      chunks.push({ statement: statementFor(batch, size), values });
    }
    return chunks;
  };
  return {
    run: async (session, batch, rows) => {
      let changed = 0;
      for (const { statement, values } of chunksOf(batch, rows)) {
        changed += await session.run(statement, values);
      }
      return changed;
    },
    all: async (session, batch, rows) => {
      const found: object[] = [];
      for (const { statement, values } of chunksOf(batch, rows)) {
        found.push(...(await session.all(statement, values)));
      }
      return found;
    },
  };
}

function writeBatch(dialect: Dialect, batch: Batch, size: number): string {
  const columns = Object.entries(batch.columns);
  let parameters = 0;
  const parameter = (): string => (dialect.numbered ? `$${++parameters}` : '?');
  const rows = Array.from({ length: size }, (_, row) => {
    const cells = columns.map(([, kind]) =>
      row === 0 && dialect.untypedParameters
        ? `cast(${parameter()} as ${kind.replace('?', '')})`
        : parameter(),
    );
    return `(${cells.join(',')})`;
  });
  const names = columns.map(([name]) => name).join(', ');
  return `with v(${names}) as (values ${rows.join(',')}) ${batch.text}`;
}

function flatten(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Value>>[],
  size: number,
): Value[] {
  const values = new Array<Value>(size * columns.length).fill(null);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) values[at++] = row[column] ?? null;
  }
  return values;
}
