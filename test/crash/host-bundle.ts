import { rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('host-program.js', import.meta.url));
/** As deep below the root of the installation as the program's own. */
const PROGRAM = fileURLToPath(new URL('../../crash/host-program.js', import.meta.url));

/** Drivers: two of machine code, and those that knex asks for and nobody has. */
const APART = [
  ...['sqlite3', 'better-sqlite3'],
  ...['pg-native', 'pg-query-stream', 'mysql', 'mysql2', 'mariadb/callback', 'oracledb', 'tedious'],
];
/** What the code of packages asks for, which is no module of today. */
const REQUIRE =
  'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

let bundled: Promise<string> | undefined;

/**
 * Puts the program of a host into one file, once in a process, and answers where it is: it then
 * begins in a third of the time, and a run begins it at every kill.
 */
export function hostBundle(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  // Several processes may make it at once; whoever reads it finds it whole.
  const own = `${PROGRAM}.${process.pid}`;
  await build({
    entryPoints: [SOURCE],
    outfile: own,
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error' },
    external: APART,
    banner: { js: REQUIRE },
  });
  await rename(own, PROGRAM);
  return PROGRAM;
}
