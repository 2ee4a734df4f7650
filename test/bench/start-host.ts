import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { until } from '../until.ts';

/** The built program, in the folder that the bench is run in. */
export const HOST: readonly string[] = [resolve('dist/run/main.js'), 'start'];
const PATIENCE = 60_000;

interface Start {
  readonly program: readonly string[];
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Starts a server in a process of its own, works with it once it has said its address, and stops it. */
export async function withServer<T>(
  { program, folder, settings }: Start,
  work: (origin: string) => Promise<T>,
): Promise<T> {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', ...settings };
  const child = spawn(process.execPath, program, { cwd: folder, env });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const address = (): string | undefined => {
    if (child.exitCode !== null) throw new Error(`The server ended: ${err}`);
    return /Address\s+(\S+)/u.exec(out)?.[1];
  };
  try {
    return await work(await until('the address of the server', address, PATIENCE));
  } finally {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  }
}

/**
 * Starts the demo's host in a process of its own, with more settings, and asks it whether it is well.
 * Answers how many milliseconds that took.
 */
export async function startHost(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<number> {
  const begun = performance.now();
  const start = { program: HOST, folder, settings: { TRELLIS_DATA: folder, ...settings } };
  return withServer(start, async (origin) => {
    const { ok } = await fetch(new URL('/healthz', origin));
    if (!ok) throw new Error('The host is not well.');
    return performance.now() - begun;
  });
}
