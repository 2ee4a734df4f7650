import type { ChartNode } from './chart.ts';
import { textWidth, twoLines } from './text-size.ts';

/** The texts of a state's box, and the room that they need. */
export interface NodeText {
  readonly name: readonly string[];
  /** What its work is, then what is noted of it; of a group, both in its head. */
  readonly captions: readonly string[];
  readonly width: number;
  readonly height: number;
}

export const NODE = {
  padding: 14,
  icon: 18,
  gap: 10,
  line: 19,
  captionLine: 17,
  head: 34,
} as const;

/** Bold letters are wider: 14.5 px as they are drawn. */
const NAME_SIZE = 14.5 * 1.15;
const CAPTION_SIZE = 12.5;
const LONGEST_LINE = 24;
const LONGEST_CAPTION = 32;

/** Breaks a state's texts into lines and measures its box; of a group, the head of its frame. */
export function nodeText(node: ChartNode): NodeText {
  return node.children.length > 0 ? groupText(node) : leafText(node);
}

function groupText(node: ChartNode): NodeText {
  const { name } = node;
  const captions = captionsOf(node);
  const captionWidth = captions.reduce(
    (width, caption) => width + textWidth(` · ${caption}`, CAPTION_SIZE),
    0,
  );
  return {
    name: [name],
    captions,
    width: textWidth(name, NAME_SIZE) + captionWidth + 2 * NODE.padding,
    height: NODE.head,
  };
}

function leafText(node: ChartNode): NodeText {
  const name = twoLines(node.name, LONGEST_LINE);
  const captions = captionsOf(node);
  const text = Math.max(
    ...name.map((line) => textWidth(line, NAME_SIZE)),
    ...captions.map((line) => textWidth(line, CAPTION_SIZE)),
  );
  const lines = name.length * NODE.line + captions.length * NODE.captionLine;
  return {
    name,
    captions,
    width: Math.max(132, text + NODE.icon + NODE.gap + 2 * NODE.padding),
    height: lines + 18,
  };
}

function captionsOf({ caption, notes }: ChartNode): readonly string[] {
  const noted = notes.join(', ');
  return [
    ...(caption === undefined ? [] : [oneLine(caption)]),
    ...(noted === '' ? [] : [oneLine(noted)]),
  ];
}

function oneLine(text: string): string {
  return text.length <= LONGEST_CAPTION ? text : `${text.slice(0, LONGEST_CAPTION - 1)}…`;
}
