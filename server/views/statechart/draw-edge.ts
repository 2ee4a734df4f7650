import { drawBadge, linked } from './draw-badge.ts';
import { LABEL, lineWidth } from './edge-label.ts';
import { UNDO_ICON } from './icons.ts';
import type { ChartLayout, PlacedEdge } from './layout.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { VERDICTS } from './marks.ts';
import type { HitMark } from './marks.ts';

type Point = PlacedEdge['points'][number];

const CORNER = 8;

/** Draws an arrow along its points, with round corners; one that a change hits is marked by its verdict. */
export function drawArrow(
  points: readonly Point[],
  marker: string,
  verdict?: HitMark['verdict'],
): Markup {
  return element('path', {
    class: `statechart-arrow${verdict === undefined ? '' : ` statechart-arrow--${verdict}`}`,
    d: roundedPath(points),
    'marker-end': `url(#${marker})`,
  });
}

/** Draws the dot at which a chart or a group begins, and the arrow from it. */
export function drawStart({ dot, points }: ChartLayout['starts'][number], marker: string): Markup {
  const radius = dot.width / 2;
  return element(
    'g',
    {},
    element('circle', {
      class: 'statechart-start',
      cx: dot.x + radius,
      cy: dot.y + radius,
      r: radius,
    }),
    drawArrow(points, marker),
  );
}

/** Draws the label of an arrow, over the line; where a change hits it, with the verdict. */
export function drawLabel(placed: PlacedEdge, hit?: HitMark): readonly Markup[] {
  const drawn = drawWords(placed);
  if (hit === undefined) return drawn;
  const { label, points, edge } = placed;
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  const word = VERDICTS[hit.verdict];
  const [right, top] =
    label === undefined ? [middle.x, middle.y] : [label.x + label.width + 6, label.y - 4];
  const badge = drawBadge(right, top, word, hit.verdict);
  // Where the arrow has no words, a hint tells which one it is.
  const hint = label === undefined ? [element('title', {}, `${word}: ${edge.id}`)] : [];
  return [linked(hit, ...hint, ...drawn, badge)];
}

function drawWords({ label }: PlacedEdge): readonly Markup[] {
  if (label === undefined) return [];
  const { x, y, width, height, lines, hint } = label;
  const middle = x + width / 2;
  const texts = lines.flatMap((line, index) => {
    const baseline = y + 3 + (index + 0.72) * LABEL.line;
    const centre = line.undo ? middle - LABEL.icon / 2 - 2 : middle;
    const place = { x: centre, y: baseline, 'text-anchor': 'middle' };
    const text = element('text', { class: 'statechart-label__text', ...place }, line.text);
    if (!line.undo) return [text];
    const right = middle + lineWidth(line) / 2;
    const transform = `translate(${right - LABEL.icon} ${baseline - 10})`;
    return [text, element('path', { class: 'statechart-undo', d: UNDO_ICON, transform })];
  });
  return [
    element(
      'g',
      { class: 'statechart-label' },
      ...(hint === undefined ? [] : [element('title', {}, hint)]),
      element('rect', { x, y, width, height, rx: 6 }),
      ...texts,
    ),
  ];
}

function roundedPath(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (first === undefined) return '';
  const steps = others.map((point, index) => {
    const next = others[index + 1];
    const before = points[index];
    if (next === undefined || before === undefined) return `L${at(point)}`;
    const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, next) / 2);
    return `L${at(towards(point, before, radius))}Q${at(point)} ${at(towards(point, next, radius))}`;
  });
  return `M${at(first)}${steps.join('')}`;
}

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) / whole) * by, y: from.y + ((to.y - from.y) / whole) * by };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function at({ x, y }: Point): string {
  return `${tidy(x)} ${tidy(y)}`;
}

function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}
