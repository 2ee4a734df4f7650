import { readFileSync, readdirSync } from 'node:fs';
import { isGoverned } from '../../engine/governance/core/covered-files.ts';
import { readCore } from '../../engine/governance/core/read-core.ts';
import type { WorkflowSource } from '../../engine/kernel/definition/workflow.ts';
import type { LoadedCore } from '../../engine/runtime/catalogue.ts';
import { loadCore } from '../../engine/runtime/catalogue.ts';

/** The root of the bundled workspace. Tests run from the root of the project. */
const ROOT = process.cwd();

let files: ReadonlyMap<string, string> | undefined;
let core: LoadedCore | undefined;

/** The files of the bundled core, by their paths; read once. */
export function meridianFiles(): ReadonlyMap<string, string> {
  files ??= filesIn(`${ROOT}/core-data`, isGoverned);
  return files;
}

/** The bundled core, read once. */
export function meridianCore(): LoadedCore {
  core ??= readMeridian();
  return core;
}

function readMeridian(): LoadedCore {
  const read = readCore(meridianFiles());
  if (read.core !== undefined) return loadCore(read.core, '1.1');
  throw new Error(read.problems.map(({ message }) => message).join('\n'));
}

/** A bundled workflow with the files beside it. */
export function meridianWorkflow(name: string): WorkflowSource {
  const files = filesIn(`${ROOT}/workflows/${name}`, () => true);
  const beside = [...files].filter(([path]) => path !== 'workflow.yaml');
  return { name, text: files.get('workflow.yaml') ?? '', files: Object.fromEntries(beside) };
}

function filesIn(folder: string, wanted: (path: string) => boolean): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
      .filter(wanted)
      .map((path) => [path, readFileSync(`${folder}/${path}`, 'utf8')] as const),
  );
}
