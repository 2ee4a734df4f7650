import type { RetireFacts } from '../../../engine/index.ts';
import { asWords, countOf } from './words.ts';

type StartKind = RetireFacts['starts'][number]['kind'];

const ENDS: Readonly<Record<StartKind, (name: string) => string>> = {
  form: (name) => `Nobody can start it by “${name}” any more, by a link or a saved draft either.`,
  api: (name) => `Programs that start it by “${name}” are refused.`,
  message: (name) => `Messages begin no more cases by “${name}”.`,
  schedule: (name) => `The schedule “${name}” begins no more cases.`,
  run: (name) => `Other workflows run it by “${name}” as before.`,
};

/** Says what retiring a workflow stops, and what goes on, a sentence each. */
export function retireConsequences({ starts, running, runBy }: RetireFacts): readonly string[] {
  const ends = starts.map(({ kind, name }) => ENDS[kind](asWords(name)));
  return [
    ...(ends.length === 0 ? ['It has no start of its own that could end.'] : ends),
    runningWords(running),
    ...(runBy.length === 0
      ? []
      : [`${runBy.join(' and ')} ${runBy.length === 1 ? 'runs' : 'run'} it, and still may.`]),
    'A new version of it, or putting it back, lets cases begin again.',
  ];
}

function runningWords(running: RetireFacts['running']): string {
  const total = running.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 'No case of it is running.';
  const versions = [...new Set(running.map(({ version }) => version))].map((version) => {
    const of = running.filter((group) => group.version === version);
    return `${of.reduce((sum, { count }) => sum + count, 0)} of version ${version}`;
  });
  const goOn = total === 1 ? 'goes' : 'go';
  return `${countOf(total, 'running case')} ${goOn} on to the end: ${versions.join(', ')}.`;
}
