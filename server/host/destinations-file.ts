import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { TrellisError, createSecrets, readEnvironment } from '../../engine/index.ts';
import type { Destinations, Secrets } from '../../engine/index.ts';

/**
 * Reads the file that says where the systems behind the connectors are. Secrets are named there with
 * the files that hold them, relative to it.
 *
 * @throws `TrellisError` with code `bad-destinations` or `secret-unreadable`.
 */
export async function readDestinationsFile(file: string): Promise<{
  readonly name: string;
  readonly destinations: Destinations;
  readonly secrets: Secrets;
  readonly secretNames: ReadonlySet<string>;
}> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new TrellisError('bad-destinations', `${file} cannot be read: ${String(error)}`, {
      file,
    });
  });
  const { value, problems } = readEnvironment(text);
  if (value === undefined) {
    const lines = problems.map(
      ({ message, position }) => `  line ${position?.line ?? 1}: ${message}`,
    );
    throw new TrellisError('bad-destinations', `${file} is not as expected:\n${lines.join('\n')}`, {
      file,
      problems,
    });
  }
  const secrets = await Promise.all(
    Object.entries(value.secrets).map(
      async ([name, secretFile]) =>
        [name, await readSecret(name, resolve(dirname(file), secretFile))] as const,
    ),
  );
  return {
    name: value.environment,
    destinations: new Map(Object.entries(value.destinations)),
    secrets: createSecrets(Object.fromEntries(secrets)),
    secretNames: new Set(Object.keys(value.secrets)),
  };
}

async function readSecret(name: string, file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new TrellisError(
      'secret-unreadable',
      `The secret "${name}" cannot be read from ${file}: ${String(error)}`,
      { name },
    );
  });
  return text.trimEnd();
}
