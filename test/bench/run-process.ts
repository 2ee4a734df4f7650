import { execFile } from 'node:child_process';
import { bundle } from '../bundle.ts';

/** What takes longer has come to a halt, in milliseconds. */
const PATIENCE = 600_000;

/** What a process of the bench says, by its first word. */
export interface ProcessFacts {
  /** Milliseconds from its start until a case was durable. */
  readonly start: { readonly acknowledged: number };
  /** Megabytes it occupied without cases and with them. */
  readonly memory: { readonly empty: number; readonly full: number };
  readonly load: { readonly casesPerSecond: number };
}

/** Runs a process of the bench to its end. */
export async function runProcess<K extends keyof ProcessFacts>(
  word: K,
  ...words: readonly string[]
): Promise<ProcessFacts[K]> {
  const program = await bundle('dist/test/bench/process.js');
  return new Promise((resolve, reject) => {
    const given = ['--expose-gc', program, word, ...words];
    execFile(process.execPath, given, { timeout: PATIENCE }, (error, out, err) => {
      if (error === null) resolve(JSON.parse(out) as ProcessFacts[K]);
      else reject(new Error(`A process of the bench failed (${error.message}): ${err}`));
    });
  });
}
