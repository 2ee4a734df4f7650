import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { until } from '../until.ts';

/** The built program, in the folder that the bench is run in. */
const MAIN = resolve('dist/run/main.js');
const PATIENCE = 60_000;

/**
 * Starts the demo's host in a process of its own, asks it whether it is well until it says so, and
 * stops it. Answers how many milliseconds that took.
 */
export async function startHost(folder: string): Promise<number> {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', TRELLIS_DATA: folder };
  const begun = performance.now();
  const child = spawn(process.execPath, [MAIN, 'start'], { cwd: folder, env });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  try {
    const address = (): string | undefined => /Address\s+(\S+)/u.exec(out)?.[1];
    const origin = await until('the address of the host', address, PATIENCE);
    const { ok } = await fetch(new URL('/healthz', origin));
    if (!ok) throw new Error('The host is not well.');
    return performance.now() - begun;
  } finally {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
}
