import { Option } from 'commander';
import { positiveNumber, runProgram } from '../programs/run-program.ts';
import type { Program } from '../programs/run-program.ts';
import { figure } from '../programs/report.ts';
import type { Broken } from './promises/broken.ts';
import { runCrash } from './run-crash.ts';

interface Options {
  readonly kills: number;
  readonly db: 'sqlite';
  readonly seed: number;
}

const CRASH: Program<Options> = {
  name: 'crash',
  description:
    'Kills hosts under load, at any time and at named points, and checks what DESIGN.md promises.',
  options: [
    new Option('--kills <n>', 'how often a host is killed').default(20).argParser(positiveNumber),
    new Option('--db <name>', 'the database').choices(['sqlite']).default('sqlite'),
    new Option('--seed <n>', 'what chance begins with').default(1).argParser(positiveNumber),
  ],
  measure: async ({ kills, seed }, progress) => {
    const report = await runCrash({ kills, seed, progress });
    for (const one of report.broken) progress(showBroken(one));
    return {
      figures: [
        figure('kills', report.kills, 'kills'),
        figure('acknowledged', report.acknowledged, 'steps'),
        figure('acknowledged.fewest', report.fewest, 'steps between two kills'),
        figure('effects', report.effects, 'effects'),
        figure('cases', report.cases, 'cases'),
        figure('points', report.points.length, 'named points reached'),
        figure('promises.broken', report.broken.length, 'times'),
        figure('seconds', report.seconds, 's'),
      ],
      checks: [{ text: 'no promise is broken', passed: report.broken.length === 0 }],
    };
  },
};

function showBroken({ promise, about, evidence }: Broken): string {
  return `promise ${promise} is broken. ${about}: ${evidence}`;
}

process.exitCode = await runProgram(CRASH, process.argv.slice(2));
