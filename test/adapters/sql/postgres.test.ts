import pg from 'pg';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { describeStore } from '../../contracts/store.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';

describe('the SQL store on PostgreSQL', () => {
  const url = usePostgres();
  // Where no server can start, neither is ever made.
  let client: pg.Client | undefined;
  let store: Store | undefined;
  before(async () => {
    store = await openStore({ url: url() });
    client = new pg.Client({ connectionString: url() });
    await client.connect();
  });
  after(async () => {
    await store?.close();
    await client?.end();
  });

  describeStore(() => {
    beforeEach(() => emptyTables(client));
    return () => {
      if (store === undefined) throw new Error('The store is not open yet.');
      return store;
    };
  });
});

async function emptyTables(client: pg.Client | undefined): Promise<void> {
  if (client === undefined) return;
  const { rows } = await client.query<{ tables: string }>(
    `select string_agg(tablename, ', ') as tables from pg_tables
      where schemaname = 'public' and tablename not like 'migrations%'`,
  );
  await client.query(`truncate ${rows[0]?.tables ?? ''}`);
}
