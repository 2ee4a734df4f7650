import type { Assign } from '../definition/people.ts';
import type { State } from '../definition/state.ts';
import type { Assignment } from '../effects.ts';
import type { CaseContext, Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compilePeople } from './people.ts';

type Values = Readonly<Record<string, unknown>>;

/** Works out whom a task is for, over a case as it is. */
export type WorkOutAssignment = (
  context: CaseContext,
  values: Values,
  moment: Moment,
) => Assignment;

/** Compiles `assign`. */
export function compileAssign(
  assign: Assign,
  state: State,
  compilation: Compilation,
): WorkOutAssignment {
  const work = compilePeople(assign, compilation.scopes.begun(state));
  const { pick } = assign;
  return (context, values, moment) => {
    const people = work(context, values, moment);
    return people.kind === 'roles' ? { ...people, pick } : people;
  };
}

/** Compiles whom the tasks of a workflow escalate to: by the state's id, one for each rung. */
export function compileRungs(
  states: ReadonlyMap<string, State>,
  compilation: Compilation,
): ReadonlyMap<string, readonly WorkOutAssignment[]> {
  const rungs = new Map<string, readonly WorkOutAssignment[]>();
  for (const [id, state] of states) {
    if (state.kind !== 'task' || state.escalate.length === 0) continue;
    const compiled = state.escalate.map(({ assign }) => compileAssign(assign, state, compilation));
    rungs.set(id, compiled);
  }
  return rungs;
}
