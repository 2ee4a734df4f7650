import type { Decision } from '../definition/decision.ts';

/**
 * Gives the rules of a decision in the order in which the first that holds is taken: as they are
 * written; with `priority`, by the places of their results among the choices of the outputs.
 */
export function precedenceOf({ hit, rules, outputs }: Decision): readonly number[] {
  const written = rules.map((_, rule) => rule);
  if (hit.kind !== 'priority') return written;
  const ranks = rules.map(({ results }) =>
    outputs.flatMap(({ type }, output) => {
      if (type.kind !== 'one of') return [];
      return type.choices.findIndex((choice) => choice === results[output]);
    }),
  );
  return written.sort((a, b) => compared(ranks[a] ?? [], ranks[b] ?? []));
}

function compared(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((rank, index) => rank !== b[index]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}
