import type { Chart } from './chart.ts';
import { linked } from './draw-badge.ts';
import { drawArrow, drawLabel, drawStart } from './draw-edge.ts';
import { LABEL } from './edge-label.ts';
import { UNDO_ICON } from './icons.ts';
import { drawNode } from './draw-node.ts';
import type { ChartLayout, PlacedNode } from './layout.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { hitOn, hitOnWay, standingOf } from './marks.ts';
import type { Marks } from './marks.ts';
import { EVERYWHERE, waysEverywhere } from './rows.ts';
import { textWidth } from './text-size.ts';

const MARGIN = 14;
const NOTE = { size: 12.5, line: 20, indent: LABEL.icon + 6 } as const;
const MARKER = 'statechart-arrowhead';

/**
 * Draws a chart as one SVG element in its natural size, for a page that shows one chart. Everything
 * that is style comes by classes from `statechart.css`.
 */
export function drawChart(layout: ChartLayout, marks: Marks): string {
  const notes = notesOf(layout.chart);
  const noteWidths = notes.map(({ text }) => NOTE.indent + textWidth(text, NOTE.size));
  const width = Math.max(layout.width, ...noteWidths) + 2 * MARGIN;
  const height = layout.height + notes.length * NOTE.line + 2 * MARGIN;
  const draw = (placed: PlacedNode): Markup => {
    const drawn = drawNode(placed, standingOf(placed.node, marks));
    const hit = hitOn(placed.node, marks);
    return hit === undefined ? drawn : linked(hit, drawn);
  };
  const isGroup = ({ node }: PlacedNode): boolean => node.children.length > 0;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'statechart',
      // What is hit is a link, and nothing inside an image could be one.
      role: (marks.hits ?? []).length === 0 ? 'img' : 'group',
      'aria-labelledby': 'statechart-title statechart-summary',
      viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`,
      width,
      height,
    },
    element('title', { id: 'statechart-title' }, layout.chart.title),
    element('desc', { id: 'statechart-summary' }, summary(layout, marks)),
    element('defs', {}, arrowhead()),
    ...layout.nodes.filter(isGroup).map(draw),
    ...layout.starts.map((start) => drawStart(start, MARKER)),
    ...layout.edges.map(({ points, edge }) =>
      drawArrow(points, MARKER, hitOnWay(edge.from, edge.to, marks)?.verdict),
    ),
    ...layout.nodes.filter((placed) => !isGroup(placed)).map(draw),
    ...layout.edges.flatMap((placed) =>
      drawLabel(placed, hitOnWay(placed.edge.from, placed.edge.to, marks)),
    ),
    ...notes.flatMap((note, index) => drawNote(note, layout.height + (index + 1) * NOTE.line)),
  ).markup;
}

/** A line below the picture. */
interface Note {
  readonly text: string;
  /** It explains the sign of ways that take back what was done. */
  readonly undo: boolean;
}

function notesOf(chart: Chart): readonly Note[] {
  const everywhere = waysEverywhere(chart).map((words) => `${EVERYWHERE} – ${words}`);
  const undone = chart.edges.some(({ ways }) => ways.some(({ undo }) => undo));
  return [
    ...everywhere.map((text) => ({ text, undo: false })),
    ...(undone ? [{ text: 'takes back what was done', undo: true }] : []),
  ];
}

function drawNote({ text, undo }: Note, y: number): readonly Markup[] {
  const transform = `translate(0 ${y - 10})`;
  const sign = element('path', { class: 'statechart-undo', d: UNDO_ICON, transform });
  const x = undo ? NOTE.indent : 0;
  return [...(undo ? [sign] : []), element('text', { class: 'statechart-caption', x, y }, text)];
}

function summary({ nodes }: ChartLayout, marks: Marks): string {
  const leaves = nodes.filter(({ node }) => node.children.length === 0);
  const namesOf = (standing: string, among: typeof nodes = leaves): string =>
    among
      .filter(({ node }) => standingOf(node, marks) === standing)
      .map(({ node }) => node.name)
      .join(', ');
  const current = namesOf('current');
  const queued = namesOf('queued', nodes);
  const visited = namesOf('visited');
  const broken = namesOf('broken', nodes);
  const affected = namesOf('affected', nodes);
  return [
    `${leaves.length} states.`,
    ...(current === '' ? [] : [`Now in: ${current}.`]),
    ...(queued === '' ? [] : [`Queued for: ${queued}.`]),
    ...(visited === '' ? [] : [`Done before: ${visited}.`]),
    ...(broken === '' ? [] : [`Broken: ${broken}.`]),
    ...(affected === '' ? [] : [`Affected: ${affected}.`]),
    'The same in words follows the picture.',
  ].join(' ');
}

function arrowhead(): Markup {
  const size = { viewBox: '0 0 10 10', refX: 8.5, refY: 5, markerWidth: 12, markerHeight: 12 };
  return element(
    'marker',
    {
      id: MARKER,
      class: 'statechart-arrowhead',
      orient: 'auto',
      markerUnits: 'userSpaceOnUse',
      ...size,
    },
    element('path', { d: 'M0 .8L9.2 5L0 9.2z' }),
  );
}
