import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import type { HitMark } from './marks.ts';
import { textWidth } from './text-size.ts';

const SIZE = 11.5;
const HEIGHT = 20;

/** Draws a word on an edge, which ends at `right` and is centred on `y`. */
export function drawBadge(
  right: number,
  y: number,
  word: string,
  verdict?: HitMark['verdict'],
): Markup {
  const width = textWidth(word, SIZE) + 14;
  const left = right - width;
  const look = verdict === undefined ? '' : ` statechart-badge--${verdict}`;
  return element(
    'g',
    { class: `statechart-badge${look}` },
    element('rect', { x: left, y: y - HEIGHT / 2, width, height: HEIGHT, rx: HEIGHT / 2 }),
    element('text', { x: left + width / 2, y: y + 4, 'text-anchor': 'middle' }, word),
  );
}

/** Makes a drawing, whose texts are then its name, a link to where it is said what hits it. */
export function linked({ href }: HitMark, ...drawn: readonly Markup[]): Markup {
  return element('a', { class: 'statechart-link', href }, ...drawn);
}
