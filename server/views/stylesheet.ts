/** Rules that a page of ours must not carry: another's typeface, crown, crest and logo. */
const BRAND = /GDS Transport|govuk-crest|govuk-logo|copyright-logo|licence-logo/u;

/**
 * Builds the one style sheet of all pages: the component kit's without its brand, then our own
 * sheets, `theme.css` first and the others by name.
 *
 * @param kit the text of `govuk-frontend.min.css`
 * @throws `Error` where some of the brand is left: the kit has changed its shape.
 */
export function buildStylesheet(kit: string, sheets: ReadonlyMap<string, string>): string {
  const own = [...sheets]
    .filter(([name]) => name.endsWith('.css'))
    .sort(([a], [b]) => rank(a).localeCompare(rank(b)));
  return [withoutBrand(kit), ...own.map(([, text]) => text.trim())].join('\n');
}

function withoutBrand(kit: string): string {
  const text = kit
    .replaceAll(/@font-face\{[^{}]*\}/gu, '')
    .replaceAll(/GDS Transport,\s*arial,\s*sans-serif/gu, 'var(--trellis-font)')
    .replaceAll(
      /(?<=[{}])[^{}@]*(?:govuk-logo|copyright-logo|licence-logo|govuk-crest)[^{}]*\{[^{}]*\}/gu,
      '',
    )
    .replaceAll(/\/\*#[^*]*\*\//gu, '');
  const left = BRAND.exec(text) ?? /url\((?!["']?data:)[^)]*\)/u.exec(text);
  if (left === null) return text;
  throw new Error(
    `The kit's style sheet still has "${left[0]}" after its brand was taken out. Adapt withoutBrand() to this version of govuk-frontend.`,
  );
}

function rank(name: string): string {
  return name === 'theme.css' ? '' : name;
}
