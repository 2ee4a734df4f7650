import { outcomesForWork } from '../../engine/index.ts';
import type { CaseLook, Task } from '../../engine/index.ts';

/** The outcome of a form that has no buttons of its own: the first that its state goes on with. */
export function onlyOutcome(look: CaseLook, task: Task): string {
  return outcomesForWork(look, task)[0] ?? '';
}
