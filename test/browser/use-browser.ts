import type { Browser } from 'playwright-core';
import { startedOnce } from '../started-once.ts';
import { startBrowser } from './start-browser.ts';

const sharedBrowser = startedOnce('the browser', startBrowser, (browser) => browser.close());

/**
 * Called in a `describe`: gives its tests a real browser. Where none can start, the suite is
 * skipped and says so; on CI that is a failure.
 */
export function useBrowser(): () => Browser {
  let started: Browser | undefined;
  before('start a browser', async function () {
    this.timeout(90_000);
    started = await sharedBrowser(this.test?.parent).catch((error: unknown) => {
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
