import type { Problem } from '../../kernel/problem.ts';
import { place, readYamlFile } from '../core/yaml-file.ts';
import type { CoreState } from '../impact/changed-core.ts';
import { formulasBetween } from './formulas.ts';

/**
 * Tells what is wrong with the formulas by which the types of a release take values over from the one
 * before, each in the file of its type.
 */
export function evolutionProblems(
  before: CoreState,
  after: CoreState,
  files: ReadonlyMap<string, string>,
): readonly Problem[] {
  return [...after.core.types.keys()].flatMap((type) => {
    const { faults } = formulasBetween(type, before, after);
    const path = `types/${type}.yaml`;
    const { file } = readYamlFile(path, files.get(path) ?? '');
    return file === undefined || faults.length === 0 ? [] : place(file, faults);
  });
}
