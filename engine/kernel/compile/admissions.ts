import { BEFORE_A_CASE } from '../check/variables.ts';
import type { Admitted, Audience, Outsiders, Presser } from '../definition/people.ts';
import type { State } from '../definition/state.ts';
import { TrellisError } from '../errors.ts';
import type { CaseContext, Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { pressEvent } from './names.ts';
import { compileNamed, compilePeople } from './people.ts';

/** Who may press a button, by the case as it is. */
export type WorkOutAdmission = (context: CaseContext, moment: Moment) => Admitted;

/** Compiles who may press each button, by the name of its event. */
export function compileAdmissions(
  states: ReadonlyMap<string, State>,
  compilation: Compilation,
): ReadonlyMap<string, WorkOutAdmission> {
  return new Map(
    [...states.values()].flatMap(({ id, buttons }) =>
      buttons.map(({ name, by }): [string, WorkOutAdmission] => [
        pressEvent(id, name),
        compilePresser(by, id, compilation),
      ]),
    ),
  );
}

/** Whoever started the case is looked at when somebody asks: from outside, their link stands for them. */
function compilePresser(by: Presser, state: string, compilation: Compilation): WorkOutAdmission {
  if (isOutside(by) || by.kind === 'starter') return () => ({ kind: by.kind });
  const people = compilePeople(by, compilation.scopes.case);
  return (context, moment) =>
    orNobody(() =>
      compilation.during(moment, () => {
        return people(context, compilation.values(context, state), moment);
      }),
    );
}

/** Compiles who may start a case by a form. */
export function compileAudience(audience: Audience): (moment: Moment) => Admitted {
  if (isOutside(audience)) return () => ({ kind: audience.kind });
  const people = compileNamed(audience, BEFORE_A_CASE);
  return (moment) => orNobody(() => people({}, moment));
}

function isOutside(who: Presser): who is Outsiders {
  return who.kind === 'public' || who.kind === 'customer' || who.kind === 'api';
}

/** A formula that cannot be worked out leads to nobody: that a page is shown is no step of the case. */
function orNobody(admit: () => Admitted): Admitted {
  try {
    return admit();
  } catch (error) {
    if (error instanceof TrellisError) return { kind: 'roles', roles: [] };
    throw error;
  }
}
