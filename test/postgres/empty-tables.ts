import type pg from 'pg';

/** Takes every row out of the tables of a database. */
export async function emptyTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ tables: string }>(
    `select string_agg(tablename, ', ') as tables from pg_tables
      where schemaname = 'public' and tablename not like 'migrations%' and tablename <> 'generation'`,
  );
  await client.query(`truncate ${rows[0]?.tables ?? ''}`);
}
