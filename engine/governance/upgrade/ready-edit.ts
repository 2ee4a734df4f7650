import { ITEM } from '../../kernel/types/schema-at.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { Workflow, WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { CoreState } from '../impact/changed-core.ts';
import { CheckedSide, ImpactVersions } from '../impact/checked-side.ts';
import type { CheckSource, ImpactVersion } from '../impact/impact.ts';
import type { PlacedUse } from '../uses/placed-use.ts';
import { usesOf } from '../uses/workflow-uses.ts';
import { nameChangesOver } from './name-changes.ts';
import type { NameChanges } from './name-changes.ts';
import { missingValues } from './missing-values.ts';
import { readyTests } from './ready-tests.ts';
import type { ValueChanges } from './ready-tests.ts';
import type { TextEdit } from './text-edits.ts';
import { edited, renameIn } from './text-edits.ts';

/** The test cases beside a workflow. */
const TESTS = 'cases.yaml';

/** A workflow that a release breaks, with the edit already made that brings it to that release. */
export interface ReadyEdit {
  readonly name: string;
  readonly version?: number;
  readonly source: WorkflowSource;
  /** The errors that its check finds there still; none where nothing but publishing it is left. */
  readonly problems: readonly Problem[];
}

/** A ready edit without its text. */
export type ReadyNote = Omit<ReadyEdit, 'source'>;

/** What is told of a ready edit in a list. */
export function noteOf({ name, version, problems }: ReadyEdit): ReadyNote {
  return { name, ...(version === undefined ? {} : { version }), problems };
}

/** The releases that lie between what a workflow stands on and what it is brought to. */
export interface ReadyParts {
  /** The oldest first. */
  readonly releases: readonly CoreState[];
  /** The newest version of each workflow. */
  readonly versions: readonly ImpactVersion[];
  readonly check: CheckSource;
}

/**
 * Makes the edits by which workflows follow fields that have other names now, and checks them under
 * the last release. Fields that must be there now are asked for by the forms that have them, where
 * new names alone are not enough. Nothing for a workflow in which no name has to change.
 */
export function readyEdits(parts: ReadyParts, names: readonly string[]): readonly ReadyEdit[] {
  const { releases, versions: all, check } = parts;
  const [was, is] = [releases[0], releases.at(-1)];
  const changes = nameChangesOver(releases);
  if (
    was === undefined ||
    is === undefined ||
    changes.renamed.size + changes.names.size + changes.required.size === 0
  )
    return [];
  const versions = new ImpactVersions(all);
  const before = new CheckedSide(was.view, versions, check, () => true);
  const after = new CheckedSide(is.view, versions, check, () => true);
  return names.flatMap((name): readonly ReadyEdit[] => {
    const version = all.find((one) => one.name === name);
    if (version === undefined) return [];
    const { workflow, map, core } = before.read(version);
    if (workflow === undefined || map === undefined) return [];
    const { source, version: number } = version;
    const uses = usesOf({ name, text: source.text, workflow, core, map });
    const tries = [
      withNewNames({ source, uses, workflow, core, changes }),
      withAskedFields({ source, uses, workflow, core, changes }),
    ].filter((one) => JSON.stringify(one) !== JSON.stringify(source));
    const view = after.viewFor(version);
    const checked = tries.map((one) => {
      const { problems } = check(one, view, false);
      return { source: one, problems: problems.filter(({ severity }) => severity === 'error') };
    });
    const [best] = checked.sort((a, b) => a.problems.length - b.problems.length);
    const numbered = number === undefined ? {} : { version: number };
    return best === undefined ? [] : [{ name, ...numbered, ...best }];
  });
}

interface Edited {
  readonly source: WorkflowSource;
  readonly uses: readonly PlacedUse[];
  readonly workflow: Workflow;
  /** The core that the uses are of. */
  readonly core: CoreView;
  readonly changes: NameChanges;
}

/** Every use of a field that has another name is given it. */
function withNewNames({ source, uses, workflow, core, changes }: Edited): WorkflowSource {
  const changed = editedAt(source, uses, (use, text) => renameOf(use, text, changes));
  return withTests(changed, workflow, core, { ...changes, missing: () => [] });
}

/** The new name of what is used, at its place. */
function renameOf(
  { what, position, words }: PlacedUse,
  text: string,
  { renamed, names }: NameChanges,
): TextEdit | undefined {
  const field = renamed.get(what);
  if (field !== undefined) return renameIn(text, position, what.split('.').at(-1) ?? '', field);
  const name = names.get(what);
  if (name === undefined) return undefined;
  // A role or a calendar goes by its plain name in a workflow.
  const from = text.indexOf(words, position.from);
  const isThere = from !== -1 && from < position.to;
  return isThere ? { from, to: from + words.length, text: name.replace(/^\w+:/, '') } : undefined;
}

/** As above; and the forms that ask for a field which must be there now require it. */
function withAskedFields(parts: Edited): WorkflowSource {
  const { source, uses, workflow, core, changes } = parts;
  const { required } = changes;
  const asked = editedAt(source, uses, (use, text) => {
    const rename = renameOf(use, text, changes);
    const isAsked = use.kind === 'form field' && !use.words.includes(ITEM);
    if (!isAsked || !required.has(use.what)) return rename;
    return requiredAt(text, use, rename) ?? rename;
  });
  return withTests(asked, workflow, core, { ...changes, missing: missingValues(core, changes) });
}

/** The line of a form's field with `required: true`, and its new name; nothing where it has that. */
function requiredAt(
  text: string,
  { position: { from, to } }: PlacedUse,
  rename: TextEdit | undefined,
): TextEdit | undefined {
  const part = text.slice(from, to);
  if (/\brequired\s*:/.test(part)) return undefined;
  const renamed =
    rename === undefined
      ? part
      : edited(part, [{ ...rename, from: rename.from - from, to: rename.to - from }]);
  if (/^[\w.]+$/.test(renamed)) return { from, to, text: `{ field: ${renamed}, required: true }` };
  if (!renamed.startsWith('{')) return undefined;
  return { from, to, text: renamed.replace(/\s*\}$/, ', required: true }') };
}

function withTests(
  source: WorkflowSource,
  workflow: Workflow,
  core: CoreView,
  changes: ValueChanges,
): WorkflowSource {
  const tests = source.files[TESTS];
  if (tests === undefined) return source;
  const files = { ...source.files, [TESTS]: readyTests(tests, workflow, core, changes) };
  return { ...source, files };
}

/** Makes an edit of every use, in the file that it stands in. */
function editedAt(
  source: WorkflowSource,
  uses: readonly PlacedUse[],
  editOf: (use: PlacedUse, text: string) => TextEdit | undefined,
): WorkflowSource {
  const change = (file: string, text: string): string =>
    edited(
      text,
      uses.filter((use) => use.file === file).flatMap((use) => editOf(use, text) ?? []),
    );
  const folder = `workflows/${source.name}`;
  const files = Object.entries(source.files).map(([name, text]) => [
    name,
    change(`${folder}/${name}`, text),
  ]);
  return {
    ...source,
    text: change(`${folder}/workflow.yaml`, source.text),
    files: Object.fromEntries(files) as WorkflowSource['files'],
  };
}
