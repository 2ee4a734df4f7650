import type { ChartNode } from './chart.ts';

/** Where one case stands in its workflow, by state ids. */
export interface Marks {
  readonly current: readonly string[];
  readonly visited: readonly string[];
  /** Those in which it waits for its turn. (Default: none) */
  readonly queued?: readonly string[];
}

export type Standing = 'current' | 'queued' | 'visited' | 'untouched';

/** Tells whether the case is in a state (or in one inside it), or has been. */
export function standingOf(node: ChartNode, { current, visited, queued = [] }: Marks): Standing {
  const { id } = node;
  if (queued.some((state) => state === id || state === `${id}/work`)) return 'queued';
  const inside = (other: string): boolean => other === id || other.startsWith(`${id}/`);
  const here = current.filter(inside);
  if (here.some((state) => !isFinished(node, state))) return 'current';
  return here.length > 0 || visited.some(inside) ? 'visited' : 'untouched';
}

/** Says it in a word; nothing for a state that the case was never in. */
export function standingWord(standing: Standing, { kind }: ChartNode): string | undefined {
  if (standing === 'untouched') return undefined;
  if (standing === 'visited') return 'Done';
  if (standing === 'queued') return 'Queued';
  return kind === 'final' ? 'Reached' : 'Now';
}

/** A region drawn as one piece of work waits in its `done` for the other regions. */
function isFinished({ id, children }: ChartNode, state: string): boolean {
  return children.length === 0 && state.startsWith(`${id}/done`);
}
