import { TrellisError, checkTogether, coreUsesOf, usesOf, whereUsed } from '../../engine/index.ts';
import type { LoadedCore, PlacedUse } from '../../engine/index.ts';
import { readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { readWorkspace } from './read-workspace.ts';

/**
 * Lists where workflows and the core's own files name a type, a field, or anything else of the core.
 * Exit code 1 where one of them cannot be read, for it may use it too.
 * @throws `TrellisError` with code `core-refused`, or `no-field` for an unknown name.
 */
export async function whereUsedCommand(
  name: string,
  workspace: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const { core, files, byWorkflow, unread } = await readUses(workspace);
  const all = [...coreUsesOf(files, core.view), ...[...byWorkflow.values()].flat()];
  const uses = inOrder(whereUsed(name, all, core.view));
  for (const use of uses) {
    const { what } = use;
    const isWhole = what !== name && !what.startsWith(`${name}.`);
    output.line(`${lineOf(use)}${isWhole ? ` (as part of ${what})` : ''}`);
  }
  if (uses.length === 0) output.line(`Nothing uses ${name}.`);
  for (const one of unread) output.line(`${one} has errors and was not looked through.`);
  output.result({ name, uses, unread });
  return unread.length === 0 ? 0 : 1;
}

/**
 * Lists what a workflow or a core process uses of the core.
 * @throws `TrellisError` with code `core-refused`, `no-workflow`, or `not-checked` where it has errors.
 */
export async function usesCommand(
  name: string,
  workspace: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const { byWorkflow, unread } = await readUses(workspace);
  const uses = byWorkflow.get(name);
  if (uses === undefined) throw notThere(name, [...byWorkflow.keys()], unread);
  for (const use of uses) output.line(`${lineOf(use)}  (${use.what})`);
  output.result({ name, uses });
  return 0;
}

interface WorkspaceUses {
  readonly core: LoadedCore;
  readonly files: ReadonlyMap<string, string>;
  readonly byWorkflow: ReadonlyMap<string, readonly PlacedUse[]>;
  /** The names of those that have errors. */
  readonly unread: readonly string[];
}

async function readUses(workspace: string | undefined): Promise<WorkspaceUses> {
  const { folder, core, workflows } = await readWorkspace(workspace, []);
  if (core === undefined) {
    throw new TrellisError('core-refused', 'The core has errors: `npx trellis check` shows them.');
  }
  const processes = [...core.core.processes].map(([name, source]) => ({ name, source }));
  const { passed, refused } = checkTogether([...processes, ...workflows], core.view);
  const found = passed.flatMap(({ name, source, workflow, core: view, map }) =>
    map === undefined
      ? []
      : [[name, usesOf({ name, text: source.text, workflow, core: view, map })] as const],
  );
  return {
    core,
    files: await readCoreFiles(folder),
    byWorkflow: new Map(found),
    unread: refused.map(({ name }) => name),
  };
}

function notThere(name: string, known: readonly string[], unread: readonly string[]): TrellisError {
  if (unread.includes(name)) {
    const how = `\`npx trellis check ${name}\` shows them.`;
    return new TrellisError('not-checked', `${name} has errors, so it cannot be told: ${how}`);
  }
  const all = known.join(', ');
  return new TrellisError('no-workflow', `There is no workflow "${name}". There are: ${all}.`);
}

function lineOf({ file, position, kind, words }: PlacedUse): string {
  return `${file}:${position.line}:${position.column}  ${kind}  ${words}`;
}

function inOrder(uses: readonly PlacedUse[]): readonly PlacedUse[] {
  return [...uses].sort(
    (a, b) => a.file.localeCompare(b.file) || a.position.from - b.position.from,
  );
}
