import { startPostgres } from './server.ts';
import type { PostgresServer } from './server.ts';

/** One server for all suites of a run, started by the first that needs it. */
let server: Promise<PostgresServer> | undefined;

// This module is loaded before any suite is described, so that the hook belongs to the whole run.
after('stop the PostgreSQL server', async function () {
  this.timeout(60_000);
  const started = await server?.catch(() => undefined);
  await started?.stop();
});

/**
 * Called in a `describe`: gives its tests an empty database of a real PostgreSQL server. Where none
 * can start, the suite is skipped and says so; on CI that is a failure.
 */
export function usePostgres(): () => string {
  let url = '';
  before('start a PostgreSQL server', async function () {
    this.timeout(60_000);
    server ??= startPostgres();
    const started = await server.catch((error: unknown) => {
      if (process.env['CI'] === 'true') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`skipped: the tests on PostgreSQL. ${reason}\n`);
      return undefined;
    });
    if (started === undefined) this.skip();
    url = await started.createDatabase();
  });
  return () => url;
}
