/** A place in a source text: 1-based line and column, 0-based offsets. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/** Steps from the root of a document to one of its nodes, as in `['states', 'offered', 'after']`. */
export type Path = readonly (string | number)[];

/** A ready-made cure: replace the characters `from`–`to` of the source by `text`. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly from: number; readonly to: number; readonly text: string }[];
}

/**
 * One finding of a check. An `error` keeps a definition from going live; a `warning` does not.
 * `code` is stable and listed in `workflows/README.md` (or `core-data/README.md`) with its cure.
 */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  readonly message: string;
  /** Present when the source text is known. */
  readonly position?: Position;
  /** The file the path belongs to, relative to its workspace. */
  readonly file?: string;
  readonly fix?: Fix;
  /** The counter-example: states or fields, in the order in which they lead to the problem. */
  readonly trace?: readonly string[];
}
