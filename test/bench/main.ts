import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import type { Figure } from '../programs/report.ts';
import { runProgram, secondsOption, wholeNumbers } from '../programs/run-program.ts';
import type { Program } from '../programs/run-program.ts';
import { aimsOf } from './aims.ts';
import { measureCheck } from './check-time.ts';
import type { Client } from './drivers.ts';
import { hasClient } from './drivers.ts';
import { measureKernel } from './kernel-steps.ts';
import { measureTransitions } from './transitions.ts';
import { measureWholeCases } from './whole-cases.ts';

interface Options {
  readonly seconds: number;
  readonly callers: readonly number[];
  readonly clients: readonly Client[];
}

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
    new Option('--clients <list...>', 'the drivers; one that is not installed is left out')
      .choices(['sqlite3', 'better-sqlite3'])
      .default(['sqlite3', 'better-sqlite3']),
  ],
  measure: async ({ seconds, callers, clients }, progress) => {
    const folder = await mkdtemp(join(tmpdir(), 'trellis-bench-'));
    const figures: Figure[] = [];
    const note = (found: Figure): void => {
      progress(`${found.name}: ${found.value} ${found.unit} (${found.ratio ?? '-'})`);
      figures.push(found);
    };
    try {
      note(measureCheck());
      for (const found of await measureKernel(seconds)) note(found);
      for (const client of clients.filter(hasClient)) {
        for (const count of callers) {
          const level = { folder, callers: count, seconds };
          note(await measureTransitions(level, client));
          for (const found of await measureWholeCases(level, client)) note(found);
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return { figures, checks: figures.flatMap(aimsOf) };
  },
};

process.exitCode = await runProgram(BENCH, process.argv.slice(2));
