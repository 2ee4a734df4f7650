import type { Assign } from '../definition/people.ts';
import type { State } from '../definition/state.ts';
import type { Assignment } from '../effects.ts';
import type { Json } from '../json.ts';
import type { CaseContext, Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileFormula } from './formula.ts';

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
  const variables = compilation.scopes.begun(state);
  const { pick } = assign;
  switch (assign.kind) {
    case 'role': {
      const assignment: Assignment = { kind: 'roles', roles: [assign.role], pick };
      return () => assignment;
    }
    case 'roles': {
      const formula = compileFormula(assign.roles, variables);
      return (_context, values, moment) => {
        const roles = textsIn(formula(values, moment));
        return { kind: 'roles', roles, pick, computed: true };
      };
    }
    case 'person': {
      const formula = compileFormula(assign.person, variables);
      return (_context, values, moment) => {
        const [person = ''] = textsIn([formula(values, moment)]);
        return { kind: 'person', person };
      };
    }
    case 'starter':
      return ({ identity }) => ({ kind: 'person', person: identity.starter.id });
    case 'sameAs':
      return ({ completedBy }) => ({
        kind: 'person',
        person: completedBy[assign.state]?.at(-1) ?? '',
      });
  }
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

/** Every text of a list once; what is empty is left out. */
function textsIn(value: Json): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  return [...new Set(list.filter((one): one is string => typeof one === 'string'))];
}
