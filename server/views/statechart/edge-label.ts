import type { ChartEdge } from './chart.ts';
import { textWidth } from './text-size.ts';

/** One line of an arrow's label. */
export interface LabelLine {
  readonly text: string;
  readonly undo: boolean;
}

export interface EdgeLabel {
  readonly lines: readonly LabelLine[];
  /** What the lines had to shorten, and what their sign means. */
  readonly hint?: string;
  readonly width: number;
  readonly height: number;
}

export const LABEL = { size: 12.5, line: 17, padding: 7, icon: 13 } as const;

/** Gives the label of an arrow: a line for each way that it stands for; none where it simply follows. */
export function edgeLabel({ ways }: ChartEdge): EdgeLabel | undefined {
  const lines = ways
    .filter(({ label, undo }) => label !== '' || undo)
    .map(({ label, undo }) => ({ text: label === '' ? 'Always' : label, undo }));
  if (lines.length === 0) return undefined;
  const hint = [
    ...ways.flatMap(({ guard }) => guard ?? []),
    ...(lines.some(({ undo }) => undo) ? ['The arrow back: what was done is taken back.'] : []),
  ].join('\n');
  return {
    lines,
    ...(hint === '' ? {} : { hint }),
    width: Math.max(...lines.map(lineWidth)) + 2 * LABEL.padding,
    height: lines.length * LABEL.line + 6,
  };
}

/** Measures a line with the sign behind it. */
export function lineWidth({ text, undo }: LabelLine): number {
  return textWidth(text, LABEL.size) + (undo ? LABEL.icon + 5 : 0);
}
