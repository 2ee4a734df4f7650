import type { Problem } from '../../kernel/problem.ts';

/** Where the files of a core lie; the first group of a pattern is the name of what is in it. */
const LAYOUT = {
  settings: /^(core)\.yaml$/,
  policies: /^(policies)\.yaml$/,
  upgrade: /^(upgrade)\.yaml$/,
  type: /^types\/([^/]+)\.yaml$/,
  connector: /^connectors\/([^/]+)\/connector\.yaml$/,
  process: /^processes\/([^/]+)\.yaml$/,
  reference: /^reference\/([^/]+)\.csv$/,
} as const;

export type FileKind = keyof typeof LAYOUT;

/** A file of the core and what it is by its place. */
export interface PlacedFile {
  readonly kind: FileKind;
  readonly path: string;
  /** What its place says that it describes: `Quote`, `oms`, `create-order`. */
  readonly name: string;
  readonly text: string;
}

/** Tells what each file of a core is, sorted by path, and which have no place in one. */
export function layFilesOut(files: ReadonlyMap<string, string>): {
  readonly files: readonly PlacedFile[];
  readonly problems: readonly Problem[];
} {
  const placed: PlacedFile[] = [];
  const problems: Problem[] = [];
  for (const path of [...files.keys()].sort()) {
    const file = placeOf(path, files.get(path) ?? '');
    if (file === undefined) problems.push(unknownFile(path));
    else placed.push(file);
  }
  for (const [kind, path] of [
    ['settings', 'core.yaml'],
    ['policies', 'policies.yaml'],
  ] as const)
    if (!placed.some((file) => file.kind === kind)) problems.push(missingFile(path));
  return { files: placed, problems };
}

function placeOf(path: string, text: string): PlacedFile | undefined {
  for (const kind of Object.keys(LAYOUT) as FileKind[]) {
    const name = LAYOUT[kind].exec(path)?.[1];
    if (name !== undefined) return { kind, path, name, text };
  }
  return undefined;
}

function unknownFile(path: string): Problem {
  return fileProblem(
    'core-file-unknown',
    path,
    `"${path}" has no place in a core. There are: core.yaml, policies.yaml, upgrade.yaml, types/NAME.yaml, connectors/NAME/connector.yaml, processes/NAME.yaml, reference/NAME.csv.`,
  );
}

function missingFile(path: string): Problem {
  return fileProblem('core-file-missing', path, `"${path}" is missing: every core has one.`);
}

function fileProblem(code: string, file: string, message: string): Problem {
  const position = { line: 1, column: 1, from: 0, to: 0 };
  return { code, severity: 'error', path: [], message, file, position };
}
