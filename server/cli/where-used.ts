import { TrellisError, checkTogether, fieldUsesOf, whereUsed } from '../../engine/index.ts';
import type { FieldUse, LoadedCore } from '../../engine/index.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { readWorkspace } from './read-workspace.ts';

/**
 * Lists where workflows and core processes name a type or a field. Exit code 1 where one of them
 * cannot be read, for it may use the field too.
 * @throws `TrellisError` with code `core-refused`, or `no-field` for an unknown name.
 */
export async function whereUsedCommand(
  name: string,
  workspace: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const { core, workflows } = await readWorkspace(workspace, []);
  if (core === undefined) {
    throw new TrellisError('core-refused', 'The core has errors: `npx trellis check` shows them.');
  }
  const processes = [...core.core.processes].map(([of, source]) => ({ name: of, source }));
  const { passed, refused } = checkTogether([...processes, ...workflows], core.view);
  const all = passed.flatMap(({ name: of, workflow, core: view, map }) =>
    map === undefined
      ? []
      : fieldUsesOf(workflow, view, map).map((use) => ({ ...use, file: fileOf(of, use, core) })),
  );
  const uses = whereUsed(name, all, core.view);
  for (const { file, position, kind, words, what } of uses) {
    const part = what === name || what.startsWith(`${name}.`) ? '' : ` (as part of ${what})`;
    output.line(`${file}:${position.line}:${position.column}  ${kind}  ${words}${part}`);
  }
  if (uses.length === 0) output.line(`No workflow and no core process uses ${name}.`);
  const unread = refused.map((one) => one.name);
  for (const one of unread) output.line(`${one} has errors and was not looked through.`);
  output.result({ name, uses, unread });
  return unread.length === 0 ? 0 : 1;
}

function fileOf(workflow: string, { file }: FieldUse, { core }: LoadedCore): string {
  if (!core.processes.has(workflow)) return file ?? `workflows/${workflow}/workflow.yaml`;
  const process = `core-data/processes/${workflow.replace(/^core\//, '')}.yaml`;
  return file === undefined ? process : `${process} (${file})`;
}
