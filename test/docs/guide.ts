import { readFileSync } from 'node:fs';

/** A fenced block of a guide. */
export interface Block {
  /** What stands behind the fence: `yaml`, `sh`. */
  readonly language: string;
  readonly text: string;
  /** The last line above it that is not empty. */
  readonly before: string;
  /** The heading that it stands under, with its signs. */
  readonly heading: string;
  /** The line of its fence, from 1. */
  readonly line: number;
}

/** The guides, by their paths from the root of the repository. */
export const GUIDES = [
  'README.md',
  'workflows/README.md',
  'core-data/README.md',
  'server/README.md',
  'engine/README.md',
];

export function readGuide(path: string): string {
  return readFileSync(path, 'utf8');
}

/** Finds the fenced blocks of a guide, in order. */
export function blocksOf(guide: string): readonly Block[] {
  const blocks: Block[] = [];
  let before = '';
  let heading = '';
  let open: { language: string; lines: string[]; line: number } | undefined;
  for (const [index, line] of guide.split('\n').entries()) {
    const fence = /^```(\w*)/.exec(line);
    if (open === undefined && fence !== null) {
      open = { language: fence[1] ?? '', lines: [], line: index + 1 };
    } else if (open !== undefined && fence !== null) {
      const { language, lines } = open;
      blocks.push({ language, text: `${lines.join('\n')}\n`, before, heading, line: open.line });
      open = undefined;
    } else if (open !== undefined) {
      open.lines.push(line);
    } else if (line.trim() !== '') {
      before = line;
      if (line.startsWith('#')) heading = line;
    }
  }
  return blocks;
}

/** A guide without its fenced blocks. */
export function proseOf(guide: string): string {
  return guide.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** The rows of the tables under a heading, cell by cell, without their heads. */
export function rowsUnder(guide: string, heading: string): readonly (readonly string[])[] {
  const start = guide.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`There is no heading "${heading}".`);
  const rest = guide.slice(start + heading.length + 2);
  const end = rest.search(/^#{1,3} /m);
  const rows = (end < 0 ? rest : rest.slice(0, end))
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
  const ruler = rows.findIndex(([first]) => /^:?-+:?$/.test(first ?? ''));
  return rows.slice(ruler + 1);
}
