import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TrellisError } from '../../engine/index.ts';

/** The fewest bytes that a key may have. */
const SHORTEST = 32;

/**
 * Reads the host's key; in demo mode it is made at the first start.
 * @throws `TrellisError` with code `key-file`.
 */
export async function readKey(file: string, mayMake: boolean): Promise<Uint8Array> {
  const key = (await readOrNothing(file)) ?? (mayMake ? await makeKey(file) : undefined);
  if (key === undefined) {
    throw new TrellisError(
      'key-file',
      `The key file ${file} does not exist. Make one with "openssl rand -out ${file} 48", and keep a copy: ` +
        'links and secrets are lost without it.',
      { file },
    );
  }
  if (key.length < SHORTEST) {
    throw new TrellisError(
      'key-file',
      `The key file ${file} has ${key.length} bytes; at least ${SHORTEST} random bytes are needed.`,
      { file },
    );
  }
  return key;
}

async function readOrNothing(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new TrellisError('key-file', `The key file ${file} cannot be read: ${String(error)}`, {
      file,
    });
  }
}

async function makeKey(file: string): Promise<Uint8Array> {
  const key = randomBytes(48);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, key, { mode: 0o600, flag: 'wx' });
  return key;
}
