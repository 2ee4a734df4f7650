import type { ChartNode } from './chart.ts';

/** Where one case stands in its workflow, by state ids. */
export interface Marks {
  readonly current: readonly string[];
  readonly visited: readonly string[];
  /** Those in which it waits for its turn. (Default: none) */
  readonly queued?: readonly string[];
  /** How a draft differs from the version that stands. (Default: nothing is shown of it) */
  readonly added?: readonly string[];
  readonly changed?: readonly string[];
}

export type Standing = 'current' | 'queued' | 'visited' | 'added' | 'changed' | 'untouched';

/** Tells whether the case is in a state (or in one inside it), or has been. */
export function standingOf(node: ChartNode, marks: Marks): Standing {
  const { id } = node;
  const { current, visited, queued = [], added = [], changed = [] } = marks;
  if (added.includes(id)) return 'added';
  if (changed.includes(id)) return 'changed';
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
  if (standing === 'added') return 'New';
  if (standing === 'changed') return 'Changed';
  return kind === 'final' ? 'Reached' : 'Now';
}

/** A region drawn as one piece of work waits in its `done` for the other regions. */
function isFinished({ id, children }: ChartNode, state: string): boolean {
  return children.length === 0 && state.startsWith(`${id}/done`);
}
