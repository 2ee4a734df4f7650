/** Measures how long a long history takes to verify, and what it costs that personal values lie apart. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { openStore, openStoreToRead } from '../../engine/adapters/sql/store.ts';
import { verifyHistory } from '../../engine/runtime/audit/verify-history.ts';
import { figure, withinAim } from '../programs/report.ts';
import type { Findings } from '../programs/report.ts';
import { runProgram, wholeNumber } from '../programs/run-program.ts';
import type { Program } from '../programs/run-program.ts';
import { SIGNER } from '../runtime/erasure-world.ts';
import { fillHistory, playSample } from './long-history.ts';
import { measureSealing } from './sealing.ts';

interface Options {
  readonly entries: number;
}

/** Seconds in which a million entries are verified. */
const AIM = 60;
const MB = 1_000_000;

const HISTORY: Program<Options> = {
  name: 'scale:history',
  description: 'Measures how long a long history takes to verify, and what sealing costs.',
  options: [
    new Option('--entries <n>', 'how many entries the history has, at least')
      .default(1_000_000)
      .argParser(wholeNumber),
  ],
  measure: async ({ entries }, progress) => {
    const folder = await mkdtemp(join(tmpdir(), 'trellis-history-'));
    try {
      const file = join(folder, 'trellis.db');
      const sample = await playSample();
      const store = await openStore({ file });
      try {
        await fillHistory(store, sample, Math.ceil(entries / sample.entries.length), progress);
      } finally {
        await store.close();
      }
      const figures = [...(await verify(file)), ...measureSealing(sample)];
      const held = figures.filter(({ limit }) => limit !== null);
      return { figures, checks: held.map((found) => withinAim(found, 1)) };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function verify(file: string): Promise<Findings['figures']> {
  const store = await openStoreToRead({ file });
  try {
    const before = process.memoryUsage.rss();
    let most = before;
    let found = 0;
    const begun = { at: performance.now(), cpu: process.cpuUsage() };
    const { entries, checkpoints, unstated } = await verifyHistory({
      ...{ store, trust: { keys: [SIGNER.key], anchor: [] } },
      onFinding: () => (found += 1),
      onProgress: () => (most = Math.max(most, process.memoryUsage.rss())),
    });
    const seconds = (performance.now() - begun.at) / 1000;
    const { user, system } = process.cpuUsage(begun.cpu);
    if (found + unstated > 0)
      throw new Error(`${found} did not hold, ${unstated} were not signed.`);
    return [
      figure('verify.entries', entries, 'entries'),
      figure('verify.checkpoints', checkpoints, 'checkpoints'),
      figure('verify.file', (await stat(file)).size / MB, 'MB'),
      figure('verify.seconds', seconds, 's', (AIM * entries) / 1_000_000),
      figure('verify.processor', (user + system) / 1_000_000, 's'),
      figure('verify.memory', (most - before) / MB, 'MB more'),
    ];
  } finally {
    await store.close();
  }
}

process.exitCode = await runProgram(HISTORY, process.argv.slice(2));
