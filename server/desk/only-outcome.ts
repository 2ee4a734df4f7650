import type { CaseLook, Task } from '../../engine/index.ts';

/** The outcome of a form that has no buttons of its own: the first that its state goes on with. */
export function onlyOutcome({ definition }: CaseLook, { state }: Task): string {
  return definition.compiled.states.get(state)?.on[0]?.event ?? '';
}
