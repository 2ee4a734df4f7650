import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { ratioAim, withinAim } from '../programs/report.ts';
import type { Check, Figure } from '../programs/report.ts';
import { runProgram, secondsOption, wholeNumbers } from '../programs/run-program.ts';
import type { Program } from '../programs/run-program.ts';
import { measureCheck } from './check-time.ts';
import { measureKernel } from './kernel-steps.ts';
import { measureTransitions } from './transitions.ts';
import { measureWholeCases } from './whole-cases.ts';

interface Options {
  readonly seconds: number;
  readonly callers: readonly number[];
  readonly database: 'sqlite';
}

/** What is to be reached, by the name of the figure. */
const AIMS: Readonly<Record<string, (found: Figure) => Check>> = {
  'check.online-quote': (found) => withinAim(found, 1),
  'kernel.stored': (found) => ratioAim(found, 0.8),
  'kernel.hot': (found) => ratioAim(found, 1),
  'transitions.sqlite.128': (found) => ratioAim(found, 0.35),
};

const BENCH: Program<Options> = {
  name: 'bench',
  description:
    'Measures checks, steps of the kernel, and durable transitions and whole cases a second, each ' +
    'beside its limit.',
  options: [
    secondsOption(3),
    new Option('--callers <list>', 'how many callers at once')
      .default([1, 32, 128])
      .argParser(wholeNumbers),
    new Option('--database <name>', 'the database').choices(['sqlite']).default('sqlite'),
  ],
  measure: async ({ seconds, callers }, progress) => {
    const folder = await mkdtemp(join(tmpdir(), 'trellis-bench-'));
    const figures: Figure[] = [];
    const note = (found: Figure): void => {
      progress(`${found.name}: ${Math.round(found.value)} ${found.unit}`);
      figures.push(found);
    };
    try {
      note(measureCheck());
      for (const found of await measureKernel(seconds)) note(found);
      for (const measure of [measureTransitions, measureWholeCases]) {
        for (const count of callers) {
          note(await measure({ folder, callers: count, seconds }));
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return { figures, checks: figures.flatMap((found) => AIMS[found.name]?.(found) ?? []) };
  },
};

process.exitCode = await runProgram(BENCH, process.argv.slice(2));
