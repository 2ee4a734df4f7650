import type { Page } from 'playwright-core';

/** By how many pixels the page is wider than the window; 0 where nothing scrolls sideways. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

/**
 * Gives the buttons, fields and links of a navigation that are shown less than 24 pixels high: hard
 * to hit with a finger.
 */
export async function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, nav a')]
    .filter((each) => each.offsetParent !== null && !each.matches('.govuk-skip-link'))
    .filter((each) => !each.matches('.govuk-visually-hidden') && each.getBoundingClientRect().height < 24)
    .map((each) => each.tagName.toLowerCase() + ' ' + (each.textContent || each.name || '').trim())`);
}
