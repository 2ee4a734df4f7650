import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCoreView } from '../../engine/governance/core/build-core-view.ts';
import { readCore } from '../../engine/governance/core/read-core.ts';
import type { CoreView } from '../../engine/kernel/core-view.ts';
import { readCoreFiles } from '../../server/host/workspace.ts';
import type { Subject } from './operator.ts';
import { readTree } from './tree.ts';

const FIXTURES = 'test/mutations/fixtures';

/** The core of the bundled company. */
export async function bundledCore(): Promise<CoreView> {
  const { core, problems } = readCore(await readCoreFiles('.'));
  if (core === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return buildCoreView(core, `${String(core.settings.line)}.1`);
}

/** Every bundled workflow, every core process, and a few that have what those lack. */
export async function readSubjects(): Promise<readonly Subject[]> {
  const folders = await readdir('workflows', { withFileTypes: true });
  const bundled = folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => read(name, join('workflows', name), 'workflow.yaml'));
  const processes = (await readdir('core-data/processes'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => read(file.slice(0, -'.yaml'.length), 'core-data/processes', file));
  const own = (await readdir(FIXTURES))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => read(file.slice(0, -'.yaml'.length), FIXTURES, file));
  return Promise.all([...bundled, ...processes, ...own]);
}

async function read(name: string, folder: string, file: string): Promise<Subject> {
  const text = await readFile(join(folder, file), 'utf8');
  const beside = (await readdir(folder)).filter((one) => one.endsWith('.hbs'));
  const files = await Promise.all(
    beside.map(async (one) => [one, await readFile(join(folder, one), 'utf8')] as const),
  );
  return { source: { name, text, files: Object.fromEntries(files) }, tree: readTree(text) };
}
