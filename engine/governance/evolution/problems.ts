import type { Problem } from '../../kernel/problem.ts';
import { place, readYamlFile } from '../core/yaml-file.ts';
import type { CoreState } from '../impact/changed-core.ts';
import type { Fault } from '../core/fault.ts';
import { fillsBetween, formulasBetween } from './formulas.ts';

/**
 * Tells what is wrong with the formulas by which the types of a release take values over from the one
 * before, each in the file of its type, and with those of `upgrade.yaml`.
 */
export function evolutionProblems(
  before: CoreState,
  after: CoreState,
  files: ReadonlyMap<string, string>,
): readonly Problem[] {
  return [...after.core.types.keys()].flatMap((type) => {
    return [
      ...placed(`types/${type}.yaml`, formulasBetween(type, before, after).faults, files),
      ...placed('upgrade.yaml', fillsBetween(type, before, after).faults, files),
    ];
  });
}

function placed(
  path: string,
  faults: readonly Fault[],
  files: ReadonlyMap<string, string>,
): readonly Problem[] {
  if (faults.length === 0) return [];
  const { file } = readYamlFile(path, files.get(path) ?? '');
  return file === undefined ? [] : place(file, faults);
}
