import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a process of the bench says, by its first word. */
export interface ProcessFacts {
  /** Milliseconds from its start until a case was durable. */
  readonly start: { readonly acknowledged: number };
  /** Megabytes it occupied without cases and with them. */
  readonly memory: { readonly empty: number; readonly full: number };
  readonly load: { readonly casesPerSecond: number };
}

/** The program of the processes, as source or compiled. */
const PROGRAM = fileURLToPath(
  new URL(`./process${extname(fileURLToPath(import.meta.url))}`, import.meta.url),
);

/** Runs a process of the bench to its end. */
export function runProcess<K extends keyof ProcessFacts>(
  word: K,
  ...words: readonly string[]
): Promise<ProcessFacts[K]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--expose-gc', PROGRAM, word, ...words], (error, out, err) => {
      if (error === null) resolve(JSON.parse(out) as ProcessFacts[K]);
      else reject(new Error(`A process of the bench failed: ${err}`));
    });
  });
}
