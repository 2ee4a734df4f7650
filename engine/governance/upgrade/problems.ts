import { statechartOf } from '../../kernel/check/statechart.ts';
import { readWorkflow } from '../../kernel/definition/read-workflow.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import { dateIn } from '../../kernel/values/zone.ts';
import type { Fault } from '../core/fault.ts';
import { unknownName } from '../core/fault.ts';
import { place, readYamlFile } from '../core/yaml-file.ts';
import type { CoreState } from '../impact/changed-core.ts';
import { renamedFaults } from './renamed-names.ts';

/** Where a core says how what is in use comes to it. */
export const UPGRADE_FILE = 'upgrade.yaml';

/** What an upgrade is held against beside the two cores. */
export interface UpgradeSurroundings {
  /** All files of the changed core. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the file is written anew with this change. */
  readonly isWritten: boolean;
  /** The workflows that there are, as they stand. */
  readonly workflows: readonly WorkflowSource[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Tells what is wrong with the upgrade that a change brings: a file that speaks of another release
 * would do nothing, and names that there are not would be waited for in vain.
 */
export function upgradeProblems(
  before: CoreState,
  after: CoreState,
  { files, isWritten, workflows, now }: UpgradeSurroundings,
): readonly Problem[] {
  const { upgrade, settings } = after.core;
  if (upgrade === undefined || !isWritten) return [];
  const { file } = readYamlFile(UPGRADE_FILE, files.get(UPGRADE_FILE) ?? '');
  if (file === undefined) return [];
  const { from, behind, migrate = {}, renamed = {} } = upgrade;
  const { release } = before.view;
  if (from !== release) {
    const message = `The file leads from release ${from}, but ${release} is what this changes. Write "from: '${release}'".`;
    return place(file, [{ code: 'upgrade-from', path: ['from'], message }]);
  }
  const names = workflows.map(({ name }) => name);
  const sources = new Map([
    ...before.core.processes,
    ...workflows.map((one) => [one.name, one] as const),
  ]);
  const faults: readonly Fault[] = [
    ...(behind?.workflows ?? []).flatMap((name, index) =>
      names.includes(name)
        ? []
        : [unknownName('workflow', name, names, ['behind', 'workflows', index])],
    ),
    ...Object.entries(migrate).flatMap(([name, { states }]) =>
      migrateFaults(name, Object.keys(states), sources, before),
    ),
    ...renamedFaults(renamed, before.view, after.view),
    ...overFaults(behind?.until, dateIn(settings.timeZone, now)),
  ];
  return place(file, faults);
}

/** Cases can only be in states that their workflow has. */
function migrateFaults(
  name: string,
  states: readonly string[],
  sources: ReadonlyMap<string, WorkflowSource>,
  { view }: CoreState,
): readonly Fault[] {
  const path = ['migrate', name];
  const source = sources.get(name);
  if (source === undefined) return [unknownName('workflow', name, [...sources.keys()], path)];
  const { workflow } = readWorkflow(source, view, { isChecked: true });
  if (workflow === undefined) return [];
  const known = [...statechartOf(workflow).states.keys()].filter((id) => id !== '');
  return states
    .filter((state) => !known.includes(state))
    .map((state) => unknownName('state', state, known, [...path, 'states', state]));
}

function overFaults(until: string | undefined, today: string): readonly Fault[] {
  if (until === undefined || until >= today) return [];
  const message = `${until} is over. Give the owners of these workflows a day that is still to come.`;
  return [{ code: 'deadline-over', path: ['behind', 'until'], message }];
}
