import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PageAssets } from './page.ts';
import { buildStylesheet } from './stylesheet.ts';

/** A file that never changes under its address. */
interface Asset {
  readonly type: 'css' | 'js';
  readonly body: string;
}

/** What pages load, served from memory. */
export interface Assets extends PageAssets {
  readonly files: ReadonlyMap<string, Asset>;
}

const KIT = 'govuk-frontend/dist/govuk/govuk-frontend.min.css';

/**
 * Builds the style sheet and the scripts, each under an address with a digest of its text, so that
 * a browser may keep it for ever.
 */
export function buildAssets(kit: string, sources: ReadonlyMap<string, string>): Assets {
  const stylesheet = addressed('trellis.css', buildStylesheet(kit, sources));
  const scripts = [...sources]
    .filter(([name]) => name.endsWith('.js'))
    .map(([name, text]) => addressed(name, text));
  return {
    stylesheet: stylesheet.href,
    scripts: scripts.map(({ href }) => href),
    files: new Map([stylesheet, ...scripts].map(({ href, asset }) => [href, asset])),
  };
}

/** Reads the style sheet of the component kit. */
export async function readKitStylesheet(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve(KIT), 'utf8');
}

function addressed(name: string, body: string): { readonly href: string; readonly asset: Asset } {
  const [stem = '', extension] = name.split(/\.(?=[^.]+$)/u);
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const type = extension === 'css' ? 'css' : 'js';
  return { href: `/assets/${stem}-${digest}.${type}`, asset: { type, body } };
}
