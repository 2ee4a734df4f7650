import pg from 'pg';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { describeSharedTime } from '../../contracts/shared-time.ts';
import { describeStore } from '../../contracts/store.ts';
import type { UseStore } from '../../contracts/use-store.ts';
import { emptyTables } from '../../postgres/empty-tables.ts';
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

  const useStore: UseStore = () => {
    beforeEach(async () => {
      if (client !== undefined) await emptyTables(client);
    });
    return () => {
      if (store === undefined) throw new Error('The store is not open yet.');
      return store;
    };
  };
  describeStore(useStore);
  describeSharedTime(useStore);
});
