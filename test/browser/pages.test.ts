import { expect } from 'chai';
import { arrangeApart } from '../../server/views/statechart/arrange.ts';
import { createDiagrams } from '../../server/views/statechart/statechart.ts';
import { PAGE_FIXTURES } from '../views/page-fixtures.ts';
import type { PageFixture } from '../views/page-fixtures.ts';
import { quoteWorkflow } from '../views/quote-forms.ts';
import { axeViolations } from './axe.ts';
import { sidewaysScroll, smallTargets } from './page-fit.ts';
import { keepScreenshot } from './screenshot.ts';
import { servePages } from './serve-pages.ts';
import { useBrowser } from './use-browser.ts';
import { LOOKED_AT, WIDTHS, openPage } from './with-page.ts';
import type { WatchedPage } from './with-page.ts';

/** Whether a page without a host is held against all that axe knows: those of a host always are. */
const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('every page in a browser', () => {
  const browser = useBrowser();
  let origin = '';
  let close = (): Promise<void> => Promise.resolve();
  let watched: WatchedPage | undefined;

  before('serve the pages', async function () {
    this.timeout(30_000);
    const served = await servePages(await withDiagrams());
    origin = served.origin;
    close = served.close;
  });

  after('stop serving them', () => close());

  before('open a page', async () => {
    watched = await openPage(browser(), { width: WIDTHS.phone });
  });

  after('close it', () => watched?.context.close());

  for (const { name } of PAGE_FIXTURES) {
    it(`${name}: fits, can be used by everybody, and raises no complaint`, async () => {
      if (watched === undefined) throw new Error('No page is open.');
      const { page, complaints } = watched;
      const answer = await page.goto(`${origin}/${name}`);
      expect(answer?.status()).to.equal(200);
      for (const [place, width] of LOOKED_AT) {
        await page.setViewportSize({ width, height: 900 });
        await keepScreenshot(page, `${name}-${place}`);
        const found = {
          complaints: complaints(),
          sideways: await sidewaysScroll(page),
          small: await smallTargets(page),
          axe: FULL ? await axeViolations(page) : [],
        };
        const nothing = { complaints: [], sideways: 0, small: [], axe: [] };
        expect(found, `at ${width} px`).to.deep.equal(nothing);
      }
    }).timeout(60_000);
  }
});

/** The fixtures with the real picture of the workflow where they show one. */
async function withDiagrams(): Promise<readonly PageFixture[]> {
  const diagrams = createDiagrams(arrangeApart({ time: 60_000 }), 60_000);
  const blank = await diagrams.of(quoteWorkflow);
  const ofCase = await diagrams.of(quoteWorkflow, {
    current: ['rep-review'],
    visited: ['matching', 'evaluating/pricing/asking', 'evaluating/stock/work', 'deciding'],
  });
  return PAGE_FIXTURES.map((fixture) => {
    const { name, page } = fixture;
    if (!('diagram' in page.model)) return fixture;
    const diagram = name.startsWith('case') ? ofCase : blank;
    return { ...fixture, page: { ...page, model: { ...page.model, diagram } } };
  });
}
