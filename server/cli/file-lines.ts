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
