import { figure } from '../programs/report.ts';
import { runProgram } from '../programs/run-program.ts';
import type { Program } from '../programs/run-program.ts';
import { readPatterns } from './pattern.ts';
import type { Support } from './pattern.ts';
import type { Played } from './play.ts';
import { patternCore, play } from './play.ts';
import { AIMS } from './table.ts';

const PROGRAM: Program<object> = {
  name: 'patterns',
  description: 'Plays the 43 workflow control-flow patterns, and says how the language has each.',
  options: [],
  measure: async (_options, progress) => {
    const [core, patterns] = await Promise.all([patternCore(), readPatterns()]);
    const played = patterns.map((pattern) => play(pattern, core));
    for (const { pattern, faults } of played) {
      for (const fault of faults) progress(`WCP-${String(pattern.number)}: ${fault}`);
    }
    const direct = proved(played, 'direct');
    const idiom = proved(played, 'idiom');
    return {
      figures: [
        figure('patterns.direct', direct, 'patterns', AIMS.direct),
        figure('patterns.idiom', idiom, 'patterns'),
        figure('patterns.supported', direct + idiom, 'patterns', AIMS.supported),
      ],
      checks: played.map((one) => ({ text: lineOf(one), passed: one.faults.length === 0 })),
    };
  },
};

/** How many are there in this way, and were seen to be. */
function proved(played: readonly Played[], support: Support): number {
  return played.filter(({ pattern, faults }) => pattern.support === support && faults.length === 0)
    .length;
}

function lineOf({ pattern, cases }: Played): string {
  const { number, title, support } = pattern;
  return (
    `WCP-${String(number)}`.padEnd(8) +
    title.padEnd(62) +
    support.padEnd(15) +
    `${String(cases)} cases`
  );
}

process.exitCode = await runProgram(PROGRAM, process.argv.slice(2));
