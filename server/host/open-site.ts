import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Drafts } from '../desk/drafts.ts';
import { FormDesk } from '../desk/form-desk.ts';
import type { Site } from '../routes/site.ts';
import { buildAssets, readKitStylesheet } from '../views/assets.ts';
import { readTemplates } from '../views/read-templates.ts';
import { createRenderer } from '../views/render.ts';
import { createDiagrams } from '../views/statechart/statechart.ts';
import type { Host } from './open-host.ts';
import { SignIn } from './sign-in.ts';

/** The templates that come with the product. */
const BUNDLED = fileURLToPath(new URL('../../../templates', import.meta.url));

/** Makes what the pages of a host need; a workspace's own templates come before the bundled ones. */
export async function openSite(host: Host, ready: () => boolean): Promise<Site> {
  const folders = [BUNDLED, join(host.settings.workspace, 'templates')];
  const [files, kit] = await Promise.all([readTemplates(...folders), readKitStylesheet()]);
  return {
    host,
    renderer: createRenderer(files.templates),
    assets: buildAssets(kit, files.assets),
    diagrams: createDiagrams(),
    forms: new FormDesk(),
    drafts: new Drafts(host.store.vault, host.clock),
    signIn: new SignIn(host.store.accounts),
    ready,
  };
}
