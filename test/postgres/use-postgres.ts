import { startedOnce } from '../started-once.ts';
import { startPostgres } from './server.ts';

const sharedServer = startedOnce('the PostgreSQL server', startPostgres, (server) => server.stop());

/**
 * Called in a `describe`: gives its tests an empty database of a real PostgreSQL server. Where none
 * can start, the suite is skipped and says so; on CI that is a failure.
 */
export function usePostgres(): () => string {
  let url = '';
  before('start a PostgreSQL server', async function () {
    this.timeout(60_000);
    const started = await sharedServer(this.test?.parent).catch((error: unknown) => {
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
