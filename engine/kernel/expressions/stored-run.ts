import { toStored } from '../values/stored.ts';
import type { Node, Run } from './node.ts';

/** Gives a node's value in its stored form: as it was read, or else written anew. */
export function storedRun({ stored, run, type }: Node): Run {
  if (stored !== undefined) return stored;
  const convert = toStored(type);
  return convert === undefined ? run : (frame) => convert(run(frame));
}
