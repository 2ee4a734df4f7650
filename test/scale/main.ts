import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Option } from 'commander';
import { withinAim } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { runProgram, wholeNumber } from '../programs/run-program.ts';
import type { Program, Progress } from '../programs/run-program.ts';
import { startHost } from '../server/with-host.ts';
import type { RunningHost } from '../server/with-host.ts';
import { connect, copyRunning } from './fill.ts';
import { measureImpact } from './impact.ts';
import { measurePages } from './pages.ts';
import { copyCase, copyToArchive } from './copy-cases.ts';
import { playSampleCases } from './sample-cases.ts';

interface Options {
  readonly finished: number;
  readonly running: number;
  readonly archived: number;
  readonly url?: string;
  readonly folder?: string;
}

const SCALE: Program<Options> = {
  name: 'scale',
  description: 'Measures how long pages and searches take where very many cases are stored.',
  options: [
    new Option('--finished <n>', 'how many cases have ended')
      .default(1_000_000)
      .argParser(wholeNumber),
    new Option('--running <n>', 'how many cases run').default(100_000).argParser(wholeNumber),
    new Option('--archived <n>', 'how many cases lie in the archive')
      .default(1_000_000)
      .argParser(wholeNumber),
    new Option('--url <postgres>', 'an empty PostgreSQL database (Default: an SQLite file)'),
    new Option(
      '--folder <folder>',
      'where the file is kept; where it lies already it is taken as it is',
    ),
  ],
  measure: async ({ folder, ...counts }, progress) => {
    const isFull = folder !== undefined && existsSync(join(folder, 'data'));
    const host = await startHost({
      ...(counts.url === undefined ? {} : { database: { kind: 'postgres', url: counts.url } }),
      ...(folder === undefined ? {} : { folder }),
    });
    try {
      if (!isFull) await fill(host, counts, progress);
      const figures: Figure[] = [];
      for (const found of await measureImpact(host)) {
        progress(`${found.name}: ${found.value} ${found.unit}`);
        figures.push(found);
      }
      for await (const found of measurePages(host)) {
        progress(`${found.name}: ${found.value} ${found.unit}`);
        figures.push(found);
      }
      return { figures, checks: figures.map((found) => withinAim(found, 1)) };
    } finally {
      await host.close();
    }
  },
};

/** Plays one case of each kind, and copies them. */
async function fill(
  host: RunningHost,
  { finished, running, archived, url }: Omit<Options, 'folder'>,
  progress: Progress,
): Promise<void> {
  const samples = await playSampleCases(host);
  const db = connect(host.host.settings.database);
  try {
    const began = performance.now();
    let from = await copyRunning(db, samples, running);
    progress(`${running} cases run`);
    const { id, reference } = samples.finished;
    await copyCase(db, { caseId: id, reference, from, count: finished });
    from += finished;
    await copyToArchive(db, { caseId: id, reference, from, count: archived });
    // SQLite has no statistics unless somebody asks for them; PostgreSQL sees to its own.
    if (url !== undefined) await db.raw('analyze');
    progress(`filled in ${Math.round((performance.now() - began) / 1000)} s`);
  } finally {
    await db.destroy();
  }
}

process.exitCode = await runProgram(SCALE, process.argv.slice(2));
