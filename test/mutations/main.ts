import { figure } from '../programs/report.ts';
import type { Check, Figure } from '../programs/report.ts';
import { runProgram } from '../programs/run-program.ts';
import type { Program } from '../programs/run-program.ts';
import type { Verdict } from './corpus.ts';
import { judge, mutantsOf, variationsOf } from './corpus.ts';
import { OPERATORS } from './operators/all.ts';
import { bundledCore, readSubjects } from './subjects.ts';
import { VARIATIONS } from './variations.ts';

/** How much there must be to speak of. */
const AIMS = { operators: 40, mutants: 1000, variations: 300 };
/** So many that went wrong are told one by one. */
const MOST_TOLD = 40;

const MUTATIONS: Program<object> = {
  name: 'mutations',
  description:
    'Makes wrong workflows out of right ones, and others that say the same, and checks them.',
  options: [],
  measure: async (_options, progress) => {
    const [core, subjects] = await Promise.all([bundledCore(), readSubjects()]);
    const mutants = mutantsOf(subjects, OPERATORS).map((one) => judge(one, core));
    progress(`${String(mutants.length)} wrong workflows were checked`);
    const varied = variationsOf(subjects, VARIATIONS).map((one) => judge(one, core));
    progress(`${String(varied.length)} right ones were checked`);
    tellMisses([...mutants, ...varied], progress);
    const used = new Set(mutants.map(({ specimen }) => specimen.operator));
    const [refused, accepted] = [mutants, varied].map(right);
    const figures: readonly Figure[] = [
      figure('mutants.operators', used.size, 'operators', AIMS.operators),
      figure('mutants.refused', refused ?? 0, 'workflows', mutants.length),
      figure('variations.accepted', accepted ?? 0, 'workflows', varied.length),
    ];
    return {
      figures,
      checks: [
        atLeast('operators that had ground', used.size, AIMS.operators),
        atLeast('wrong workflows', mutants.length, AIMS.mutants),
        atLeast('wrong workflows refused at their place', refused ?? 0, mutants.length),
        atLeast('right variations', varied.length, AIMS.variations),
        atLeast('right variations that are not refused', accepted ?? 0, varied.length),
      ],
    };
  },
};

function right(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ isRight }) => isRight).length;
}

function atLeast(what: string, found: number, least: number): Check {
  return { text: `${what}: ${String(found)} of ${String(least)}`, passed: found >= least };
}

function tellMisses(verdicts: readonly Verdict[], progress: (line: string) => void): void {
  const misses = verdicts.filter(({ isRight }) => !isRight);
  for (const { specimen, found } of misses.slice(0, MOST_TOLD)) {
    const wanted = specimen.place === undefined ? 'no error' : JSON.stringify(specimen.place);
    progress(`${specimen.name}: wanted ${wanted}, found ${found.join('; ') || 'nothing'}`);
  }
  if (misses.length > MOST_TOLD) progress(`and ${String(misses.length - MOST_TOLD)} more`);
}

process.exitCode = await runProgram(MUTATIONS, process.argv.slice(2));
