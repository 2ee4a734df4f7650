import type { ChartNode } from './chart.ts';
import { textWidth, twoLines } from './text-size.ts';

/** The texts of a state's box, and the room that they need. */
export interface NodeText {
  readonly name: readonly string[];
  readonly caption?: string;
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

function groupText({ name, caption }: ChartNode): NodeText {
  const captionWidth = caption === undefined ? 0 : textWidth(` · ${caption}`, CAPTION_SIZE);
  return {
    name: [name],
    ...(caption === undefined ? {} : { caption }),
    width: textWidth(name, NAME_SIZE) + captionWidth + 2 * NODE.padding,
    height: NODE.head,
  };
}

function leafText(node: ChartNode): NodeText {
  const name = twoLines(node.name, LONGEST_LINE);
  const caption = node.caption === undefined ? undefined : oneLine(node.caption);
  const text = Math.max(
    ...name.map((line) => textWidth(line, NAME_SIZE)),
    textWidth(caption ?? '', CAPTION_SIZE),
  );
  const lines = name.length * NODE.line + (caption === undefined ? 0 : NODE.captionLine);
  return {
    name,
    ...(caption === undefined ? {} : { caption }),
    width: Math.max(132, text + NODE.icon + NODE.gap + 2 * NODE.padding),
    height: lines + 18,
  };
}

function oneLine(text: string): string {
  return text.length <= LONGEST_CAPTION ? text : `${text.slice(0, LONGEST_CAPTION - 1)}…`;
}
