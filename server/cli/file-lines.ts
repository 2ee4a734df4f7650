import type { WorkflowSource } from '../../engine/index.ts';
import { fileChange } from '../views/texts/file-change.ts';
import type { Output } from './output.ts';

/** Says file by file what changes, line by line; `null` is a file that is not there. */
export function tellChange(
  path: string,
  before: string | null,
  after: string | null,
  output: Output,
): void {
  const { what, stretches } = fileChange(path, before, after);
  output.line(`${path}: ${what}`);
  // All of a new file is new: its name says enough.
  if (before === null || after === null) return;
  for (const { from, lines } of stretches) {
    output.line(`  line ${from}`);
    for (const { mark, text } of lines) output.line(`  ${mark === '' ? ' ' : mark} ${text}`);
  }
}

/** Says what changes of a workflow, file by file. */
export function tellSource(
  after: WorkflowSource,
  before: WorkflowSource | undefined,
  output: Output,
): void {
  const [old, next] = [filesOf(before), filesOf(after)];
  for (const path of [...new Set([...old.keys(), ...next.keys()])].sort()) {
    if (old.get(path) === next.get(path)) continue;
    tellChange(`${after.name}/${path}`, old.get(path) ?? null, next.get(path) ?? null, output);
  }
}

function filesOf(source: WorkflowSource | undefined): ReadonlyMap<string, string> {
  if (source === undefined) return new Map();
  return new Map([['workflow.yaml', source.text], ...Object.entries(source.files)]);
}
