import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLATION } from '../installation.ts';

/** The folders of the engine that have a say in what the checker passes. */
const CHECKER = ['kernel', 'governance', 'forms'];
const ENGINE = join(INSTALLATION, 'dist', 'engine');

/**
 * Tells this state of the checker from every other: the digest of its own code, and of the list of
 * the packages that it is built on.
 */
export function checkerDigest(): string {
  const digest = createHash('sha256');
  for (const file of [
    join(INSTALLATION, 'package.json'),
    ...CHECKER.flatMap((name) => codeIn(join(ENGINE, name))),
  ]) {
    digest.update(readFileSync(file)).update('\0');
  }
  return digest.digest('hex');
}

/** In code order, so that the digest is the same on every host. */
function codeIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[jt]s$/u.test(path))
    .sort()
    .map((path) => join(folder, path));
}
