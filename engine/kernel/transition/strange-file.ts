import type { Json } from '../json.ts';
import { filesIn } from '../values/file-value.ts';

/**
 * Says why a value that a person wrote by hand is refused for a file in it: only an upload makes one,
 * and what the case carries already may be given again. `undefined` where nothing is wrong.
 */
export function strangeFile(value: Json, carried: Json): string | undefined {
  const known = new Set(filesIn(carried).map(({ file }) => JSON.stringify(file)));
  const strange = filesIn(value).find(({ file }) => !known.has(JSON.stringify(file)));
  if (strange === undefined) return undefined;
  return `names the file "${strange.file.name}", which this case does not carry. A file is uploaded in a form`;
}
