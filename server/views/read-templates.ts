import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from '../read-folder.ts';

/** The templates and browser assets of a host. */
export interface TemplateFiles {
  /** By path below the folder, without `.hbs`: `pages/inbox`. */
  readonly templates: ReadonlyMap<string, string>;
  /** Style sheets and scripts, by their names in `assets`. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * Reads folders of templates; a file of a later folder stands in for one of the same name. A folder
 * that does not exist holds none: `templates` of this project first, then that of the workspace.
 */
export async function readTemplates(...folders: readonly string[]): Promise<TemplateFiles> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const path of (await filesBelow(folder)) ?? []) {
      files.set(path, await readFile(join(folder, path), 'utf8'));
    }
  }
  return {
    templates: pick(files, /^(.+)\.hbs$/u),
    assets: pick(files, /^assets\/([^/]+\.(?:css|js))$/u),
  };
}

function pick(files: ReadonlyMap<string, string>, name: RegExp): ReadonlyMap<string, string> {
  const picked = new Map<string, string>();
  for (const [path, text] of files) {
    const found = name.exec(path)?.[1];
    if (found !== undefined) picked.set(found, text);
  }
  return picked;
}
