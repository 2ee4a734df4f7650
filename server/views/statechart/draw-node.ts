import { drawBadge } from './draw-badge.ts';
import { iconOf } from './icons.ts';
import type { PlacedNode } from './layout.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { standingWord } from './marks.ts';
import type { Standing } from './marks.ts';
import { NODE } from './node-text.ts';

const CHECK = 'M3.5 8.4l2.9 2.9l6.1-6.3';

/** Draws a state: a group as a frame with a head, any other as a box with its sign and texts. */
export function drawNode(placed: PlacedNode, standing: Standing): Markup {
  const { node } = placed;
  const group = node.children.length > 0;
  const word = standingWord(standing, node);
  // A case that is queued is there; the word says that it waits. So it does of what is new or changed.
  const look = ['queued', 'added', 'changed'].includes(standing) ? 'current' : standing;
  const isHit = standing === 'broken' || standing === 'affected';
  const kind = group ? 'group' : node.kind;
  const titled = [node.name, node.caption, ...node.notes, word].filter(
    (part) => part !== undefined,
  );
  return element(
    'g',
    { class: `statechart-state statechart-state--${kind} statechart-state--${look}` },
    element('title', {}, titled.join(' · ')),
    ...(group ? drawFrame(placed) : drawBox(placed)),
    ...(word === undefined || (group && !isHit) ? [] : drawStanding(placed, standing, word)),
  );
}

function drawFrame({ x, y, width, height, text }: PlacedNode): readonly Markup[] {
  const captions = text.captions.map((caption) =>
    element('tspan', { class: 'statechart-caption' }, ` · ${caption}`),
  );
  return [
    element('rect', { class: 'statechart-frame', x, y, width, height, rx: 10 }),
    element('path', { class: 'statechart-rule', d: `M${x} ${y + NODE.head}h${width}` }),
    element(
      'text',
      { class: 'statechart-name', x: x + NODE.padding, y: y + NODE.head / 2 + 5 },
      text.name.join(' '),
      ...captions,
    ),
  ];
}

function drawBox({ x, y, width, height, text, node }: PlacedNode): readonly Markup[] {
  const left = x + NODE.padding + NODE.icon + NODE.gap;
  const radius = node.kind === 'final' ? height / 2 : 8;
  const captionTop = y + 9 + text.name.length * NODE.line;
  const inner = { x: x + 3.5, y: y + 3.5, width: width - 7, height: height - 7, rx: radius - 3.5 };
  return [
    element('rect', { class: 'statechart-frame', x, y, width, height, rx: radius }),
    ...(node.kind === 'final' ? [element('rect', { class: 'statechart-inner', ...inner })] : []),
    element('path', {
      class: 'statechart-icon',
      d: iconOf(node.kind),
      transform: `translate(${x + NODE.padding} ${y + height / 2 - NODE.icon / 2})`,
    }),
    ...text.name.map((line, index) =>
      element(
        'text',
        { class: 'statechart-name', x: left, y: y + 9 + index * NODE.line + 14 },
        line,
      ),
    ),
    ...text.captions.map((caption, index) =>
      element(
        'text',
        { class: 'statechart-caption', x: left, y: captionTop + 12 + index * NODE.captionLine },
        caption,
      ),
    ),
  ];
}

/** A word on the upper edge where the case is, a tick where it has been: colour alone says nothing. */
function drawStanding(
  { x, y, width }: PlacedNode,
  standing: Standing,
  word: string,
): readonly Markup[] {
  if (standing === 'visited') {
    const place = `translate(${x + width - 17} ${y - 8})`;
    return [
      element(
        'g',
        { class: 'statechart-tick', transform: place },
        element('circle', { cx: 8, cy: 8, r: 8 }),
        element('path', { d: CHECK }),
      ),
    ];
  }
  const verdict = standing === 'broken' || standing === 'affected' ? standing : undefined;
  // Beyond the corner, so that arrows into the upper edge keep their heads.
  return [drawBadge(x + width + 6, y, word, verdict)];
}
