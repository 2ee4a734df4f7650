import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/**
 * Keeps a picture of the whole page where `TRELLIS_SCREENSHOTS` names a folder for them, for
 * people to look at; else does nothing.
 */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['TRELLIS_SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
