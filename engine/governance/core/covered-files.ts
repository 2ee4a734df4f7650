/** Where the lock lies, beside the files that it covers. */
export const LOCK_FILE = 'core.lock.json';

/**
 * Tells whether the lock covers a file of the core. It covers all but itself, the guide, and what
 * editors and systems leave behind (names that begin with a dot).
 */
export function isGoverned(path: string): boolean {
  return (
    path !== LOCK_FILE &&
    path !== 'README.md' &&
    !path.split('/').some((name) => name.startsWith('.'))
  );
}

/**
 * Reads the bytes of a core file as text, one to one: text and bytes have the same digest.
 * Answers `undefined` for what is not UTF-8.
 */
export function decodeCoreFile(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
