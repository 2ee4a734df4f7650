import { readFile, writeFile } from 'node:fs/promises';
import { TrellisError, createKeySmith, createSystemClock } from '../../engine/index.ts';
import type { Signature } from '../../engine/index.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { readHidden } from './read-hidden.ts';

/** The fewest characters of a passphrase. */
const SHORTEST = 12;

/** A key as its owner keeps it in a file: its private half opens with a passphrase. */
interface KeyFile {
  readonly name: string;
  readonly email: string;
  readonly key: string;
  readonly sealed: string;
}

/** Makes a key file for somebody. The passphrase is read from standard input, and shown nowhere. */
export async function keyMake(
  file: string,
  { name, email }: { readonly name: string; readonly email: string },
  output: Output,
): Promise<ExitCode> {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw new TrellisError('bad-email', `"${email}" is not an email address.`);
  const passphrase = await readHidden('Passphrase');
  if (passphrase.length < SHORTEST)
    throw new TrellisError(
      'bad-passphrase',
      `A passphrase needs at least ${SHORTEST} characters: several words are easy to remember.`,
    );
  const made = await createKeySmith().make(passphrase);
  const content: KeyFile = { name, email, ...made };
  try {
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new TrellisError('file-exists', `There is a file ${file} already. Name another.`);
  }
  output.line(`Wrote ${file}: the key ${made.key} of ${name}.`);
  output.result({ file, key: made.key });
  return 0;
}

/**
 * Signs with a key file; `statement` makes what is signed of who signs, and when.
 * @throws `TrellisError` with code `key-unreadable` or `wrong-passphrase`.
 */
export async function signWith(
  file: string,
  statement: (signer: Omit<Signature, 'signature'>) => string,
): Promise<Signature> {
  const { name, email, key, sealed } = await readKeyFile(file);
  const signer = { name, email, at: createSystemClock().now(), key };
  const signature = await createKeySmith().sign(
    sealed,
    await readHidden('Passphrase'),
    statement(signer),
  );
  return { ...signer, signature };
}

async function readKeyFile(file: string): Promise<KeyFile> {
  const fields = ['name', 'email', 'key', 'sealed'] as const;
  let found: unknown;
  try {
    found = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
  const known = Object(found) as Readonly<Record<string, unknown>>;
  for (const field of fields)
    if (typeof known[field] !== 'string') throw unreadable(file, `it has no "${field}"`);
  return known as unknown as KeyFile;
}

function unreadable(file: string, why: string): TrellisError {
  return new TrellisError(
    'key-unreadable',
    `${file} is not a key file: ${why}. Make one with "npx trellis key make FILE".`,
  );
}
