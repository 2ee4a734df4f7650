import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

let source: Promise<string> | undefined;

/**
 * Gives what keeps people from using a page, as axe finds it: a line a finding, with its rule and
 * its first places. Axe comes in through the debugger, which the page's content policy lets pass.
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(await source);
  // All that it found right would be worked out and sent as well.
  const violations = await page.evaluate<AxeResults['violations']>(
    "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)",
  );
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target }) => target.join(' '));
    return `${id}: ${help} (${places.join('; ')}${nodes.length > 3 ? '; …' : ''})`;
  });
}
