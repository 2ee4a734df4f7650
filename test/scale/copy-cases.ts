import type { Knex } from 'knex';

/** Copies of one case, with all that belongs to it. */
export interface Copies {
  readonly caseId: string;
  readonly reference: string;
  /** The number of the first copy: no two copies have the same. */
  readonly from: number;
  readonly count: number;
}

/** Rows written by one statement. */
const ROWS = 20_000;
/** Milliseconds between the beginnings of two copies. */
const APART = 60_000;
const HOUR = 3_600_000;
/** A task without a due time has the greatest number that is one. */
const NEVER = '9000000000000000';

/** The tables that hold rows of a case, those that others refer to first. */
const TABLES = [
  ['cases', 'id'],
  ['events', 'case_id'],
  ['tasks', 'case_id'],
  ['jobs', 'case_id'],
  ['subscriptions', 'case_id'],
  ['incidents', 'case_id'],
  ['links', 'case_id'],
] as const;

/** What a column of a copy is, where it is not the column with the ids of the copy in it. */
const COLUMNS: Readonly<Record<string, string>> = {
  created_at: `t.created_at - n.n * ${APART}`,
  updated_at: `t.updated_at - n.n * ${APART}`,
  at: `t.at - n.n * ${APART}`,
  opened_at: `t.opened_at - n.n * ${APART}`,
  completed_at: `t.completed_at - n.n * ${APART}`,
  // A fifth of the tasks is late, the others are due within weeks.
  due: `case when t.due > ${NEVER} then t.due else t.due + (n.n % 1009 - 200) * ${HOUR} end`,
  // Nothing of a copy runs while something is measured.
  run_at: `t.run_at + ${1000 * HOUR} + (n.n % 1009) * ${HOUR}`,
  free_at: `t.run_at + ${1000 * HOUR} + (n.n % 1009) * ${HOUR}`,
  assignee: `case when n.n % 200 = 0 then t.assignee when t.assignee is null then null
    else t.assignee || '-' || (n.n % 200) end`,
  completed_by: `case when n.n % 200 = 0 then t.completed_by when t.completed_by is null then null
    else t.completed_by || '-' || (n.n % 200) end`,
  hash: `substr(t.hash, 1, 50) || (10000000000000 + n.n)`,
};

/**
 * Copies a case many times, by the database itself. A copy has ids, references and times of its own;
 * its history has no chain of hashes.
 */
export async function copyCase(db: Knex, copies: Copies): Promise<void> {
  for (const [table, key] of TABLES) {
    const columns = await columnsOf(db, table, copies);
    await copyRows(db, copies, { from: table, key, to: table, columns });
  }
}

/** Copies a case many times into the archive: without its history, which lists do not read. */
export async function copyToArchive(db: Knex, copies: Copies): Promise<void> {
  const columns = await columnsOf(db, 'cases', copies);
  const archived = { ...columns, archived_at: 't.updated_at' };
  await copyRows(db, copies, { from: 'cases', key: 'id', to: 'archived_cases', columns: archived });
}

/** What each column of a copy is, by its name. */
type CopiedColumns = Readonly<Record<string, string>>;

async function columnsOf(db: Knex, table: string, copies: Copies): Promise<CopiedColumns> {
  const columns = Object.entries<{ readonly type: string }>(await db(table).columnInfo());
  return Object.fromEntries(
    columns.map(([name, { type }]) => [name, columnOf(table, name, type, copies)]),
  );
}

async function copyRows(
  db: Knex,
  copies: Copies,
  {
    from,
    key,
    to,
    columns,
  }: Readonly<Record<'from' | 'key' | 'to', string>> & {
    readonly columns: CopiedColumns;
  },
): Promise<void> {
  // PostgreSQL wants to know that these are numbers.
  const text = `insert into ${to} (${Object.keys(columns).join(', ')})
    with recursive n(n) as (select cast(? as bigint) union all select n + 1 from n where n < ?)
    select ${Object.values(columns).join(', ')}
    from n cross join ${from} t where t.${key} = '${copies.caseId}'`;
  const end = copies.from + copies.count - 1;
  for (let first = copies.from; first <= end; first += ROWS) {
    await db.raw(text, [first, Math.min(first + ROWS - 1, end)]);
  }
}

function columnOf(
  table: string,
  name: string,
  type: string,
  { caseId, reference }: Copies,
): string {
  if (name === 'hash' && table === 'events') return 't.hash';
  const written = COLUMNS[name];
  if (written !== undefined) return written;
  if (type === 'bigint') return `t.${name}`;
  const digits = 'cast(10000000000 + n.n as text)';
  const id = `'0' || substr(${digits}, 1, 7) || '-' || substr(${digits}, 8, 4) || '${caseId.slice(13)}'`;
  return `replace(replace(t.${name}, '${caseId}', ${id}), '${reference}', '${reference.replace(/\d+$/u, '')}' || (100000 + n.n))`;
}
