import type { ReviewFacts } from '../../engine/index.ts';

/** Says on one line what a new version means for running cases in the same states. */
export function impactLine({
  version,
  states,
  count,
  verdict,
}: ReviewFacts['impact'][number]): string {
  const means = verdict === 'can-move' ? 'could be moved' : 'need a mapping to be moved';
  return `${String(count).padStart(7)}  cases of version ${version} in ${states.join(', ')} stay; they ${means}`;
}
