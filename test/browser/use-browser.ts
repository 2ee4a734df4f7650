import type { Browser } from 'playwright-core';
import { startBrowser } from './start-browser.ts';

/** One browser for all suites of a run, started by the first that needs it. */
let browser: Promise<Browser> | undefined;

// This module is loaded before any suite is described, so that the hook belongs to the whole run.
after('close the browser', async function () {
  this.timeout(60_000);
  const started = await browser?.catch(() => undefined);
  await started?.close();
});

/**
 * Called in a `describe`: gives its tests a real browser. Where none can start, the suite is
 * skipped and says so; on CI that is a failure.
 */
export function useBrowser(): () => Browser {
  let started: Browser | undefined;
  before('start a browser', async function () {
    this.timeout(90_000);
    browser ??= startBrowser();
    started = await browser.catch((error: unknown) => {
      if (process.env['CI'] === 'true') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`skipped: the tests in a browser. ${reason}\n`);
      return undefined;
    });
    if (started === undefined) this.skip();
  });
  return () => {
    if (started === undefined) throw new Error('The browser is there inside tests only.');
    return started;
  };
}
