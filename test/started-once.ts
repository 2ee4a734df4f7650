/** Starts what its suites need, at the first of them, and answers it. */
type ForSuites<T> = (suite: Mocha.Suite | undefined) => Promise<T>;

/**
 * Something slow to start that all suites which run together share: those of a whole run, or of one
 * file where several files run at once. It is stopped after the last of them.
 */
export function startedOnce<T>(
  name: string,
  start: () => Promise<T>,
  stop: (started: T) => Promise<unknown>,
): ForSuites<T> {
  let shared: Promise<T> | undefined;
  return (suite) => {
    if (shared !== undefined) return shared;
    const starting = start();
    shared = starting;
    rootOf(suite)?.afterAll(`stop ${name}`, async function () {
      this.timeout(60_000);
      shared = undefined;
      const started = await starting.catch(() => undefined);
      if (started !== undefined) await stop(started);
    });
    return starting;
  };
}

function rootOf(suite: Mocha.Suite | undefined): Mocha.Suite | undefined {
  return suite?.parent === undefined ? suite : rootOf(suite.parent);
}
