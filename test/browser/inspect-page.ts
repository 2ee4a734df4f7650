import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { sidewaysScroll, smallTargets } from './page-fit.ts';
import { keepScreenshot } from './screenshot.ts';
import { LOOKED_AT, WIDTHS } from './with-page.ts';

/** Holds that the page that is open, `what` it is called, fits and can be used. */
export type InspectPage = (page: Page, what: string) => Promise<void>;

/** Makes what inspects pages on a desk and on a phone; pictures of them begin with `suite`. */
export function inspectPages(suite: string): InspectPage {
  return async (page, what) => {
    for (const [place, width] of LOOKED_AT) {
      await page.setViewportSize({ width, height: 900 });
      await keepScreenshot(page, `${suite}-${what}-${place}`);
      const found = {
        sideways: await sidewaysScroll(page),
        small: await smallTargets(page),
        axe: await axeViolations(page),
      };
      expect(found, `${what} at ${width} px`).to.deep.equal({ sideways: 0, small: [], axe: [] });
    }
    await page.setViewportSize({ width: WIDTHS.desk, height: 900 });
  };
}
