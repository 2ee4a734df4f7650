import type { DiagramRow } from '../pages/diagram-view.ts';
import type { Chart, ChartNode } from './chart.ts';
import { flatten } from './chart.ts';
import { VERDICTS, hitOnWay, standingOf, standingWord } from './marks.ts';
import type { Marks } from './marks.ts';
import { kindWords } from './state-words.ts';
import type { WayOut } from './ways-out.ts';

/** Stands for all states where something holds in each of them. */
export const EVERYWHERE = 'In every state';

/** Tells a chart in words: a row a state, in the order of the workflow. */
export function chartRows(chart: Chart, marks: Marks): readonly DiagramRow[] {
  const names = new Map(pathNames(chart.nodes));
  const everywhere = waysEverywhere(chart);
  const rows = flatten(chart.nodes).map((node): DiagramRow => {
    const mark = standingWord(standingOf(node, marks), node);
    return {
      state: nameOf(node.id, names),
      kind: [rowKind(node), ...node.notes].join(', '),
      leadsTo: node.ways.map((way) => markedWay(node, way, names, marks)),
      ...(mark === undefined ? {} : { mark }),
    };
  });
  if (everywhere.length === 0) return rows;
  return [...rows, { state: EVERYWHERE, kind: 'The whole workflow', leadsTo: everywhere }];
}

/** Tells what holds in every state, in words. */
export function waysEverywhere({ everywhere, nodes }: Chart): readonly string[] {
  return wordsFor(everywhere, new Map(pathNames(nodes)));
}

/** A way with its verdict, where a change of the core hits it. */
function markedWay(
  { id }: ChartNode,
  way: WayOut,
  names: ReadonlyMap<string, string>,
  marks: Marks,
): string {
  const words = wordsFor([way], names).join('');
  const hit = way.to === undefined ? undefined : hitOnWay(id, way.to, marks);
  return hit === undefined ? words : `${words} (${VERDICTS[hit.verdict].toLowerCase()})`;
}

function wordsFor(ways: readonly WayOut[], names: ReadonlyMap<string, string>): readonly string[] {
  return ways.map((way) => wayWords(way, way.to === undefined ? undefined : nameOf(way.to, names)));
}

/** A group says what it is; of any other state, its caption says more. */
function rowKind(node: ChartNode): string {
  const isGroup = node.children.length > 0;
  return isGroup || node.caption === undefined ? kindWords(node.kind) : node.caption;
}

function wayWords({ label, undo, guard }: WayOut, target: string | undefined): string {
  const whole = guard === undefined ? label : `${label} (${guard})`;
  const takesBack = undo ? ', taking back what was done' : '';
  const end = target ?? 'stays here';
  return `${whole === '' ? end : `${whole}: ${end}`}${takesBack}`;
}

/** A state inside another is called with it: `Pricing › By hand`. */
function pathNames(nodes: readonly ChartNode[], outer = ''): readonly [string, string][] {
  return nodes.flatMap((node): [string, string][] => {
    const name = outer === '' ? node.name : `${outer} › ${node.name}`;
    return [[node.id, name], ...pathNames(node.children, name)];
  });
}

function nameOf(id: string, names: ReadonlyMap<string, string>): string {
  return names.get(id) ?? id;
}
