import { structuredPatch } from 'diff';

/** One line of a changed file, with how it is marked. */
export interface ChangedLine {
  readonly text: string;
  /** `+` new, `-` gone, or empty for a line that stays. */
  readonly mark: '+' | '-' | '';
  /** What the mark means, for who cannot see it. */
  readonly meaning: string;
}

/** What changes of one file. */
export interface FileChange {
  readonly path: string;
  readonly what: string;
  /** Stretches of lines around the changes. */
  readonly stretches: readonly { readonly from: number; readonly lines: readonly ChangedLine[] }[];
}

/** How many lines are shown before and after a change. */
const AROUND = 3;

const MEANINGS = { '+': 'new', '-': 'gone', '': '' } as const;

/** Compares a file line by line; `null` where there is none. */
export function fileChange(path: string, before: string | null, after: string | null): FileChange {
  const { hunks } = structuredPatch(path, path, before ?? '', after ?? '', '', '', {
    context: AROUND,
  });
  const what = before === null ? 'new file' : after === null ? 'taken away' : 'changed';
  return {
    path,
    what,
    stretches: hunks.map(({ newStart, lines }) => ({
      from: newStart,
      lines: lines.filter((line) => !line.startsWith('\\')).map(changedLine),
    })),
  };
}

function changedLine(line: string): ChangedLine {
  const first = line.charAt(0);
  const mark = first === '+' || first === '-' ? first : '';
  return { text: line.slice(1), mark, meaning: MEANINGS[mark] };
}

/** Compares files by their names, line by line; those that are the same are left out. */
export function fileChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly FileChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => fileChange(name, before[name] ?? null, after[name] ?? null));
}
