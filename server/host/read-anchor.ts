import { readFile } from 'node:fs/promises';
import { TrellisError, readAnchorLine } from '../../engine/index.ts';
import type { Checkpoint } from '../../engine/index.ts';

/**
 * Reads an anchor file; lines that a host did not write to their end are passed over.
 * @throws `TrellisError` with code `anchor-file`.
 */
export async function readAnchor(file: string): Promise<readonly Checkpoint[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const message = `The anchor file ${file} cannot be read: ${String(error)}.`;
    throw new TrellisError('anchor-file', message, { file });
  });
  const checkpoints = text.split('\n').flatMap((one) => readAnchorLine(one) ?? []);
  if (checkpoints.length > 0) return checkpoints;
  throw new TrellisError('anchor-file', `The anchor file ${file} has no checkpoint.`, { file });
}
