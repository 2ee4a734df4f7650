import type { Path } from '../../kernel/problem.ts';
import { nearestName } from '../../kernel/types/nearest-name.ts';

/** Something wrong in one file of the core, placed by its path in that file. */
export interface Fault {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
}

/** Says that a name is not known, and which one was probably meant. */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
  path: Path,
): Fault {
  const meant = nearestName(name, known);
  const hint =
    meant === undefined
      ? `There ${known.length === 0 ? 'is none' : `are: ${known.join(', ')}`}.`
      : `Did you mean "${meant}"?`;
  return {
    code: `unknown-${what}`,
    path,
    message: `There is no ${what} "${name}". ${hint}`,
  };
}
