import type { Named, People } from '../definition/people.ts';
import type { Json } from '../json.ts';
import type { CaseContext, Moment } from './case-context.ts';
import type { Variables } from './formula.ts';
import { compileFormula } from './formula.ts';

/** People as they stand when they are asked for: some roles, or one person. */
export type NamedPeople =
  | { readonly kind: 'roles'; readonly roles: readonly string[]; readonly computed?: true }
  | { readonly kind: 'person'; readonly person: string };

/** What people are worked out over: the case as it is, and what formulas may name. */
export type WorkOutPeople = (
  context: CaseContext,
  values: Readonly<Record<string, unknown>>,
  moment: Moment,
) => NamedPeople;

/** Compiles the people that `assign`, `by` or `audience` names. */
export function compilePeople(people: People, variables: Variables): WorkOutPeople {
  switch (people.kind) {
    case 'starter':
      return ({ identity }) => ({ kind: 'person', person: identity.starter.id });
    case 'sameAs':
      return ({ completedBy }) => ({
        kind: 'person',
        person: completedBy[people.state]?.at(-1) ?? '',
      });
    default: {
      const named = compileNamed(people, variables);
      return (_context, values, moment) => named(values, moment);
    }
  }
}

/** Compiles people that are named by themselves, or by a formula. */
export function compileNamed(
  named: Named,
  variables: Variables,
): (values: Readonly<Record<string, unknown>>, moment: Moment) => NamedPeople {
  switch (named.kind) {
    case 'role': {
      const one: NamedPeople = { kind: 'roles', roles: [named.role] };
      return () => one;
    }
    case 'roles': {
      const formula = compileFormula(named.roles, variables);
      return (values, moment) => {
        return { kind: 'roles', roles: textsIn(formula(values, moment)), computed: true };
      };
    }
    case 'person': {
      const formula = compileFormula(named.person, variables);
      return (values, moment) => {
        const [person = ''] = textsIn([formula(values, moment)]);
        return { kind: 'person', person };
      };
    }
  }
}

/** Every text of a list once; what is empty is left out. */
function textsIn(value: Json): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  return [...new Set(list.filter((one): one is string => typeof one === 'string'))];
}
