import { join } from 'node:path';
import { INSTALLATION } from '../installation.ts';
import type { Assets } from '../views/assets.ts';
import { buildAssets, readKitStylesheet } from '../views/assets.ts';
import { readTemplates } from '../views/read-templates.ts';
import type { Renderer } from '../views/render.ts';
import { createRenderer } from '../views/render.ts';

/** How everything looks that leaves a host: pages and mails. */
export interface Look {
  readonly renderer: Renderer;
  readonly assets: Assets;
}

/** The templates that come with the product. */
const BUNDLED = join(INSTALLATION, 'templates');

/** Reads the templates; a workspace's own come before the bundled ones. */
export async function openLook(workspace: string): Promise<Look> {
  const folders = [BUNDLED, join(workspace, 'templates')];
  const [files, kit] = await Promise.all([readTemplates(...folders), readKitStylesheet()]);
  return {
    renderer: createRenderer(files.templates),
    assets: buildAssets(kit, files.assets),
  };
}
