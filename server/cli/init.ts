import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TrellisError } from '../../engine/index.ts';
import type { ExitCode } from './exit-code.ts';
import { WORKSPACE_FILES } from './init/workspace-files.ts';
import { lockWrite } from './lock.ts';
import type { Output } from './output.ts';

/**
 * Makes a new workspace in a folder that is empty or does not exist: a core, its lock and a first
 * workflow with its test cases. No templates are copied: the product's own hold.
 *
 * @throws `TrellisError` with code `folder-not-empty` or `not-a-folder`.
 */
export async function initCommand(folder: string, output: Output): Promise<ExitCode> {
  const workspace = resolve(folder);
  await refuseUsed(workspace);
  for (const [path, text] of WORKSPACE_FILES) {
    const file = join(workspace, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  }
  const ended = await lockWrite(workspace, undefined, {
    ...output,
    result: () => undefined,
  });
  if (ended !== 0) return ended;
  output.line(`Made a workspace in ${workspace}. What comes next:`);
  output.line();
  output.line(`  trellis check --workspace ${folder}`);
  output.line(`  trellis test --workspace ${folder}`);
  output.result({ workspace, files: [...WORKSPACE_FILES.keys(), 'core-data/core.lock.json'] });
  return 0;
}

async function refuseUsed(workspace: string): Promise<void> {
  const names = await namesIn(workspace);
  if (names.length === 0) return;
  throw new TrellisError(
    'folder-not-empty',
    `${workspace} is not empty: it has ${names.slice(0, 3).join(', ')}. Name a new folder, or an empty one.`,
    { folder: workspace },
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code !== 'ENOTDIR') throw error;
    throw new TrellisError(
      'not-a-folder',
      `${folder} is a file. Name a new folder, or an empty one.`,
      {
        folder,
      },
    );
  }
}
