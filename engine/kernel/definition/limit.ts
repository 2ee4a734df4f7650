import type { Path } from '../problem.ts';
import type { Expression } from './values.ts';

/** How many cases may be admitted to the states that share the name at the same time. */
export interface Limit {
  readonly path: Path;
  readonly name: string;
  readonly n: number;
  /** There is a queue for each of its values. (Default: one for all cases of the workflow) */
  readonly by?: Expression;
}
