import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrellisError, decodeCoreFile, isGoverned } from '../../engine/index.ts';
import type { WorkflowSource } from '../../engine/index.ts';
import { filesBelow } from '../read-folder.ts';

/** The largest file of a workspace that is read, in bytes. */
const LARGEST = 4 * 1024 * 1024;

/** Where the lock of a workspace's core lies. */
export function lockFile(workspace: string): string {
  return join(workspace, 'core-data', 'core.lock.json');
}

/**
 * Reads the governed files of a core by their paths, with `/` between names.
 * @throws `TrellisError` with code `no-core` or `unreadable-file`.
 */
export async function readCoreFiles(workspace: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(workspace, 'core-data');
  const paths = (await pathsIn(folder, 'no-core')).filter(isGoverned);
  const files = await Promise.all(
    paths.map(async (path) => [path, await readText(join(folder, path))] as const),
  );
  return new Map(files);
}

/** Reads the workflows of a workspace, each with the files beside it. */
export async function readWorkflows(workspace: string): Promise<readonly WorkflowSource[]> {
  const folder = join(workspace, 'workflows');
  const paths = await pathsIn(folder, 'no-workflows');
  const names = paths
    .filter((path) => path.endsWith('/workflow.yaml'))
    .map((path) => path.slice(0, -'/workflow.yaml'.length))
    .sort();
  return Promise.all(names.map((name) => readWorkflowFolder(join(folder, name), name)));
}

/**
 * Reads one workflow folder.
 * @throws `TrellisError` with code `no-workflow-file` or `unreadable-file`.
 */
export async function readWorkflowFolder(folder: string, name: string): Promise<WorkflowSource> {
  const paths = await pathsIn(folder, 'no-workflow-file');
  if (!paths.includes('workflow.yaml')) {
    throw new TrellisError('no-workflow-file', `There is no workflow.yaml in ${folder}.`, {
      folder,
    });
  }
  const beside = paths.filter((path) => path !== 'workflow.yaml' && !path.startsWith('.'));
  const files = await Promise.all(
    beside.map(async (path) => [path, await readText(join(folder, path))] as const),
  );
  return {
    name,
    text: await readText(join(folder, 'workflow.yaml')),
    files: Object.fromEntries(files),
  };
}

async function pathsIn(folder: string, missing: string): Promise<readonly string[]> {
  const paths = await filesBelow(folder);
  if (paths !== undefined) return paths;
  throw new TrellisError(
    missing,
    `There is no folder ${folder}. A workspace has the folders core-data and workflows; "trellis init DIR" makes one.`,
    { folder },
  );
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const text = bytes.length > LARGEST ? undefined : decodeCoreFile(bytes);
  if (text !== undefined) return text;
  throw new TrellisError(
    'unreadable-file',
    `${file} is not text in UTF-8 of at most ${LARGEST / 1024 / 1024} MB.`,
    { file },
  );
}
