import type { Path } from '../../problem.ts';
import { ITEM } from '../../types/schema-at.ts';
import type { DataPath } from '../values.ts';
import { readDataPath } from './data-paths.ts';
import type { Reading } from './reading.ts';

/** Reads the path of a field that is written: one of an item is kept in the list that it lies in. */
export function readWritten(
  written: string,
  path: Path,
  reading: Reading,
  stands: 'key' | 'value',
): DataPath {
  const target = readDataPath(written, path, reading, stands);
  return keptPath(target, path, reading, stands) ?? target;
}

/** Where a written field of an item is kept in the case's data; `undefined` for one of the data. */
export function keptPath(
  [name = '', ...inside]: DataPath,
  path: Path,
  { items, report }: Reading,
  stands: 'key' | 'value',
): DataPath | undefined {
  const item = items.get(name);
  if (item === undefined) return undefined;
  // Of a list with a mistake in it nothing is known; that mistake is told where it stands.
  if (item.type.kind === 'empty') return undefined;
  const told =
    item.list === undefined
      ? `"${name}" is worked out, so nothing can be kept in it. Name a list of the data under "in".`
      : `An item is not written whole. Name a field of it: ${name}.….`;
  if (item.list !== undefined && inside.length > 0) return [...item.list, ITEM, ...inside];
  if (stands === 'key') report.atKey(path, 'item-not-kept', told);
  else report.at(path, 'item-not-kept', told);
  return [name, ...inside];
}
