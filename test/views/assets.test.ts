import { expect } from 'chai';
import { buildAssets, readKitStylesheet } from '../../server/views/assets.ts';
import { readTemplates } from '../../server/views/read-templates.ts';
import { buildStylesheet } from '../../server/views/stylesheet.ts';

describe('the style sheet', () => {
  it('carries nothing of the kit’s brand and loads nothing', async () => {
    const text = buildStylesheet(await readKitStylesheet(), new Map());
    expect(text).not.to.match(/GDS|crest|@font-face|url\((?!["']?data:)|sourceMappingURL/iu);
    expect(text).to.contain('.govuk-button{');
    expect(text.length).to.be.greaterThan(100_000);
  });

  it('keeps the rules beside those that it takes out', () => {
    const kit = '.a{b:c}.govuk-logo-dot{fill:red}@media print{.govuk-logo-dot{fill:blue}.d{e:f}}';
    expect(buildStylesheet(kit, new Map())).to.equal('.a{b:c}@media print{.d{e:f}}');
  });

  it('refuses a kit that still has some of it', () => {
    const kits = ['.x{font-family:"GDS Transport"}', '.x{background:url(/assets/crown.svg)}'];
    for (const kit of kits) {
      expect(() => buildStylesheet(kit, new Map())).to.throw('Adapt withoutBrand()');
    }
  });

  it('puts our own sheets behind it, the theme first', () => {
    const sheets = new Map([
      ['pages.css', 'p{}'],
      ['kit.css', 'k{}'],
      ['theme.css', 't{}'],
      ['once.js', 'no style'],
    ]);
    expect(buildStylesheet('.kit{}', sheets)).to.equal('.kit{}\nt{}\nk{}\np{}');
  });
});

describe('the assets', () => {
  it('stand under addresses that change with their text alone', async () => {
    const { assets } = await readTemplates('templates');
    const kit = await readKitStylesheet();
    const one = buildAssets(kit, assets);
    const same = buildAssets(kit, assets);
    const other = buildAssets(kit, new Map([...assets, ['theme.css', ':root{}']]));
    expect(same.stylesheet).to.equal(one.stylesheet);
    expect(other.stylesheet).not.to.equal(one.stylesheet);
    expect(other.scripts).to.deep.equal(one.scripts);
    expect(one.stylesheet).to.match(/^\/assets\/trellis-[0-9a-f]{12}\.css$/u);
    expect(one.scripts.some((href) => /^\/assets\/submit-once-[0-9a-f]{12}\.js$/u.test(href))).to.be
      .true;
    expect([...one.files.keys()]).to.have.members([one.stylesheet, ...one.scripts]);
    expect(one.files.get(one.stylesheet)?.type).to.equal('css');
  });

  it('set no styles that a strict policy would have to let in', async () => {
    const { assets } = await readTemplates('templates');
    for (const [name, text] of assets) {
      expect(text, name).not.to.match(/@import|url\(|\beval\(|innerHTML\s*=[^=]|\.style\b/u);
    }
  });
});
