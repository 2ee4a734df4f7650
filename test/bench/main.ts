import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { startPostgres } from '../postgres/server.ts';
import type { Figure } from '../programs/report.ts';
import {
  positiveNumber,
  runProgram,
  secondsOption,
  wholeNumber,
  wholeNumbers,
} from '../programs/run-program.ts';
import type { Program } from '../programs/run-program.ts';
import { aimsOf } from './aims.ts';
import { measureArchive } from './archive.ts';
import { measureCheck } from './check-time.ts';
import type { Client } from './drivers.ts';
import { hasClient } from './drivers.ts';
import { measureFairness } from './fairness.ts';
import { measureFilled } from './filled.ts';
import { measureHttp } from './http-cases.ts';
import { measureKernel } from './kernel-steps.ts';
import { measureOnPostgres } from './postgres-cases.ts';
import { measureTransitions } from './transitions.ts';
import { measureWholeCases } from './whole-cases.ts';
import { measureProcesses } from './whole-process.ts';

interface Options {
  readonly seconds: number;
  readonly callers: readonly number[];
  readonly clients: readonly Client[];
  readonly postgres: boolean;
  readonly waiting: number;
  readonly filled: number;
  readonly starts: number;
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
    new Option('--no-postgres', 'leave PostgreSQL out'),
    new Option('--starts <n>', 'how often a process is started')
      .default(5)
      .argParser(positiveNumber),
    new Option('--filled <n>', 'how many ended cases a full database has; a tenth of it runs')
      .default(1_000_000)
      .argParser(wholeNumber),
    new Option('--waiting <n>', 'how many waiting cases the memory is looked at with')
      .default(100_000)
      .argParser(positiveNumber),
  ],
  measure: async ({ seconds, callers, clients, postgres, filled, ...processes }, progress) => {
    const folder = await mkdtemp(join(tmpdir(), 'trellis-bench-'));
    const figures: Figure[] = [];
    const note = (found: Figure): void => {
      progress(`${found.name}: ${found.value} ${found.unit} (${found.ratio ?? '-'})`);
      figures.push(found);
    };
    try {
      note(measureCheck());
      for (const found of measureKernel(seconds)) note(found);
      for (const client of clients.filter(hasClient)) {
        for (const count of callers) {
          const level = { folder, callers: count, seconds };
          note(await measureTransitions(level, client));
          for (const found of await measureWholeCases(level, client)) note(found);
        }
      }
      for (const found of await measureFairness(folder, seconds * 2)) note(found);
      for (const found of await measureArchive(folder, seconds * 6)) note(found);
      for (const found of await measureHttp(folder, seconds)) note(found);
      for (const found of await measureFilled(folder, seconds, filled)) note(found);
      if (postgres) for (const found of await onPostgres(callers, seconds)) note(found);
      for (const found of await measureProcesses(folder, processes)) note(found);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return { figures, checks: figures.flatMap(aimsOf) };
  },
};

async function onPostgres(callers: readonly number[], seconds: number): Promise<readonly Figure[]> {
  const server = await startPostgres();
  try {
    const figures: Figure[] = [];
    for (const count of callers) {
      figures.push(...(await measureOnPostgres(server, { callers: count, seconds })));
    }
    return figures;
  } finally {
    await server.stop();
  }
}

const code = await runProgram(BENCH, process.argv.slice(2));
// The package of the PostgreSQL server ends a program that has come to its end with 0.
process.stdout.write('', () => process.exit(code));
