import { expect } from 'chai';
import { axeViolations } from './axe.ts';
import { sidewaysScroll, smallTargets } from './page-fit.ts';
import { useBrowser } from './use-browser.ts';
import { WIDTHS, withPage } from './with-page.ts';

// Controls: the checks of pages find what they are there to find.
describe('the checks of pages', () => {
  const browser = useBrowser();
  const open =
    (markup: string, width?: number) =>
    (run: (found: Found) => void): Promise<void> =>
      withPage(browser(), width === undefined ? {} : { width }, async ({ page, complaints }) => {
        await page.route('http://page.example/', (route) =>
          route.fulfill({
            contentType: 'text/html',
            headers: { 'content-security-policy': "default-src 'none'; img-src 'self'" },
            body: `<!doctype html><html lang="en"><title>Sample</title><main><h1>Sample</h1>${markup}</main></html>`,
          }),
        );
        await page.route('http://page.example/missing.png', (route) => route.abort());
        await page.goto('http://page.example/', { waitUntil: 'networkidle' });
        run({
          complaints: complaints(),
          axe: await axeViolations(page),
          sideways: await sidewaysScroll(page),
          small: await smallTargets(page),
        });
      });

  it('find nothing where nothing is wrong', () =>
    open('<p>All is well.</p>')((found) => {
      expect(found).to.deep.equal({ complaints: [], axe: [], sideways: 0, small: [] });
    })).timeout(30_000);

  it('find a field without a label', () =>
    open('<input name="x">')(({ axe }) => {
      expect(axe).to.have.length(1);
      expect(axe[0]).to.match(/^label: /u);
    })).timeout(30_000);

  it('find what is wider than a phone', () =>
    open(
      '<pre>'.concat('wide '.repeat(200), '</pre>'),
      WIDTHS.phone,
    )(({ sideways }) => {
      expect(sideways).to.be.greaterThan(0);
    })).timeout(30_000);

  it('find a script that the content policy stops, and a file that is not there', () =>
    open('<script>document.title = "x"</script><img alt="" src="/missing.png">')(
      ({ complaints }) => {
        expect(complaints.join('\n')).to.match(/Content Security Policy/u);
        expect(complaints.join('\n')).to.match(/missing\.png was not loaded/u);
      },
    )).timeout(30_000);

  it('find a button that is hard to hit', () =>
    open('<button>ok</button><button class="govuk-visually-hidden">hidden</button>')(
      ({ small }) => {
        expect(small).to.deep.equal(['button ok']);
      },
    )).timeout(30_000);
});

interface Found {
  readonly complaints: readonly string[];
  readonly axe: readonly string[];
  readonly sideways: number;
  readonly small: readonly string[];
}
