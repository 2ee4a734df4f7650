import { execFile } from 'node:child_process';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** What the engine starts as a thread lies beside the program. */
const THREAD = 'dist/engine/adapters/system/workshop-thread.js';

const bundled = new Map<string, Promise<string>>();

/**
 * Bundles a built program of the tests as the product itself is bundled, so that processes of it
 * start as quickly; once in this process.
 * @param program - Its path below the root, as in `dist/test/bench/process.js`.
 * @returns the path of the bundle. Its folder lies as deep as the product's own.
 */
export function bundle(program: string): Promise<string> {
  const known = bundled.get(program);
  if (known !== undefined) return known;
  const made = make(program);
  bundled.set(program, made);
  return made;
}

async function make(program: string): Promise<string> {
  const folder = join('dist', `run-${basename(program, '.js')}`);
  await run('npm', ['run', 'bundle', '--silent', '--', `--outdir=${folder}`, program, THREAD]);
  return resolve(folder, basename(program));
}
