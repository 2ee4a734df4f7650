import type { FieldUse } from '../../kernel/check/field-uses.ts';
import { fieldUsesOf } from '../../kernel/check/field-uses.ts';
import type { Checkup } from '../../kernel/check/checkup.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { SourceMap } from '../../kernel/definition/source-map.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import { nameUsesOf } from './name-uses.ts';
import type { NameUse } from './name-uses.ts';
import type { PlacedUse } from './placed-use.ts';

/** A workflow that can be looked through for uses. */
interface LookedThrough {
  readonly name: string;
  readonly text: string;
  readonly workflow: Workflow;
  readonly core: CoreView;
  readonly map: SourceMap;
  /** What its check went by. (Default: it is made) */
  readonly outline?: Checkup;
}

/** All uses that a workflow makes of the core, in the order of its files and lines. */
export function usesOf(looked: LookedThrough): readonly PlacedUse[] {
  const { name, text, workflow, core, map, outline } = looked;
  const all = [...fieldUsesOf(workflow, core, map, outline), ...nameUsesOf(text, core)];
  return all
    .map((use) => ({ ...use, file: fileOf(name, use) }))
    .sort((a, b) => a.file.localeCompare(b.file) || a.position.from - b.position.from);
}

function fileOf(name: string, use: FieldUse | NameUse): string {
  const file = 'file' in use ? use.file : undefined;
  if (!name.startsWith('core/')) return file ?? `workflows/${name}/workflow.yaml`;
  const process = `core-data/processes/${name.slice('core/'.length)}.yaml`;
  return file === undefined ? process : `${process} (${file})`;
}
