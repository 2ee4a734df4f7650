/** A quoted text, which is left as it is, or the outcome of a region whose name may have hyphens. */
const OUTCOME = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\boutcomes[.][a-z][a-z0-9-]*/g;

/**
 * Reads `outcomes.legal-check` as one name: the parser would take the hyphen for a minus. The text
 * keeps its length, so that every place in it stays what it was.
 */
export function joinRegionNames(source: string): string {
  if (!source.includes('outcomes.')) return source;
  return source.replace(OUTCOME, (found) => (/^["']/.test(found) ? found : regionField(found)));
}

/** The field of `outcomes` that stands for a region. */
export function regionField(region: string): string {
  return region.replaceAll('-', '_');
}
