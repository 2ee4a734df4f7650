import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Quiet, without a sandbox (tests run as root in containers), and without calls home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * Starts a real browser: the one that `CHROME_PATH` names, else one of the system, else the one
 * that comes as a package.
 */
export async function startBrowser(): Promise<Browser> {
  const named = process.env['CHROME_PATH'];
  try {
    const executablePath =
      named === undefined || named === ''
        ? (SYSTEM_BROWSERS.find(isProgram) ?? (await packagedBrowser()))
        : named;
    return await chromium.launch({ executablePath, args: FLAGS, timeout: 30_000 });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(
      `No browser can start here: ${reason ?? ''} Install Chromium, or name one in CHROME_PATH.`,
      { cause: error },
    );
  }
}

/** Unpacks the browser of the package into the folder for temporary files. */
async function packagedBrowser(): Promise<string> {
  // Loaded where it is needed alone: it reads the machine when it is loaded.
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
