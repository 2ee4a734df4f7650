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
  /** What a change of the core hits. (Default: nothing is shown of it) */
  readonly hits?: readonly HitMark[];
}

/** A state, or with `to` one way out of it, that a change of the core hits. */
export interface HitMark {
  readonly verdict: 'broken' | 'affected';
  readonly state: string;
  readonly to?: string;
  /** Where it is said what hits it. */
  readonly href: string;
}

export type Standing =
  'current' | 'queued' | 'visited' | 'added' | 'changed' | HitMark['verdict'] | 'untouched';

/** Tells whether the case is in a state (or in one inside it), or has been. */
export function standingOf(node: ChartNode, marks: Marks): Standing {
  const { id } = node;
  const { current, visited, queued = [], added = [], changed = [] } = marks;
  const hit = hitOn(node, marks);
  if (hit !== undefined) return hit.verdict;
  if (added.includes(id)) return 'added';
  if (changed.includes(id)) return 'changed';
  if (queued.some((state) => state === id || state === `${id}/work`)) return 'queued';
  const inside = (other: string): boolean => other === id || other.startsWith(`${id}/`);
  const here = current.filter(inside);
  if (here.some((state) => !isFinished(node, state))) return 'current';
  return here.length > 0 || visited.some(inside) ? 'visited' : 'untouched';
}

/** What hits a state itself: the first that breaks it, else the first that affects it. */
export function hitOn({ id }: ChartNode, { hits = [] }: Marks): HitMark | undefined {
  return worst(hits.filter(({ state, to }) => to === undefined && isDrawnAs(id, state)));
}

/** What hits the ways from one state to another. */
export function hitOnWay(from: string, to: string, { hits = [] }: Marks): HitMark | undefined {
  const isIt = (hit: HitMark): boolean =>
    hit.to !== undefined && isDrawnAs(from, hit.state) && isDrawnAs(to, hit.to);
  return worst(hits.filter(isIt));
}

function worst(hits: readonly HitMark[]): HitMark | undefined {
  return hits.find(({ verdict }) => verdict === 'broken') ?? hits[0];
}

/** A region that was written as one piece of work is drawn as that work. */
function isDrawnAs(id: string, state: string): boolean {
  return state === id || state === `${id}/work`;
}

/** What a verdict is called. */
export const VERDICTS: Readonly<Record<HitMark['verdict'], string>> = {
  broken: 'Broken',
  affected: 'Affected',
};

/** Says it in a word; nothing for a state that the case was never in. */
export function standingWord(standing: Standing, { kind }: ChartNode): string | undefined {
  if (standing === 'untouched') return undefined;
  if (standing === 'visited') return 'Done';
  if (standing === 'queued') return 'Queued';
  if (standing === 'added') return 'New';
  if (standing === 'changed') return 'Changed';
  if (standing === 'broken' || standing === 'affected') return VERDICTS[standing];
  return kind === 'final' ? 'Reached' : 'Now';
}

/** A region drawn as one piece of work waits in its `done` for the other regions. */
function isFinished({ id, children }: ChartNode, state: string): boolean {
  return children.length === 0 && state.startsWith(`${id}/done`);
}
