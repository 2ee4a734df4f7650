import type { Clearance } from '../classification.ts';
import { mayFlow } from '../classification.ts';
import type { CoreView } from '../core-view.ts';
import type { Audience, Presser } from '../definition/people.ts';
import type { Expression } from '../definition/values.ts';
import type { Form } from '../definition/form.ts';
import type { State, StateOf } from '../definition/state.ts';
import type { Start } from '../definition/workflow.ts';
import type { Path } from '../problem.ts';
import { listOf, oneOf } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { formOf } from './outcomes.ts';
import { readExpression } from './read-expression.ts';
import type { Variables } from './variables.ts';
import { BEFORE_A_CASE } from './variables.ts';

const NOTHING_MORE: Clearance = { upTo: 'public', tags: [] };

/** Who gets to see a form: an audience, a program, or staff whose roles are not known beforehand. */
export type Reader =
  | Extract<Presser, { readonly kind: 'public' | 'customer' | 'api' | 'role' }>
  | { readonly kind: 'staff' };

/** What a reader may be given; only what is public where the core says nothing of it. */
export function clearanceOf(audience: Reader, core: CoreView): Clearance {
  const name = audience.kind === 'role' ? `role:${audience.role}` : audience.kind;
  return core.clearances.get(name) ?? NOTHING_MORE;
}

/** Tells whether an audience may read a field: by its clearance, or by a right to this very field. */
export function mayRead(type: ValueType, audience: Reader, core: CoreView): boolean {
  if (mayFlow(type.classification, clearanceOf(audience, core))) return true;
  const { origin } = type;
  if (audience.kind !== 'role' || origin === undefined) return false;
  return core.fieldRights.some(
    (right) => right.role === audience.role && right.read.includes(origin),
  );
}

const AUDIENCES = {
  public: 'the public',
  customer: 'the customer',
  api: 'a program that uses the API',
  staff: 'somebody of whom only the running case knows who it is',
} as const;

/** Names an audience in a sentence. */
export function audienceName(audience: Reader): string {
  if (audience.kind === 'role') return `the role "${audience.role}"`;
  return AUDIENCES[audience.kind];
}

/** One use of a form: who fills it, and where. */
export interface FormUse {
  readonly form: Form;
  readonly audience: Reader;
  readonly path: Path;
  /** Absent where a case begins with it: then there is nothing yet that it could show. */
  readonly state?: State;
}

/** Lists who fills which form; a task's form is also seen by the roles that it escalates to. */
export function formUsesOf(checkup: Checkup): readonly FormUse[] {
  const { workflow, chart, forms } = checkup;
  const starts = workflow.starts.flatMap((start): readonly FormUse[] => {
    const form = start.kind === 'form' ? forms.get(start.form) : undefined;
    if (form === undefined || start.kind !== 'form') return [];
    return audiencesOf(start.audience, checkup).map((audience) => ({
      form,
      audience,
      path: start.path,
    }));
  });
  const states = [...chart.states.values()].flatMap((state): readonly FormUse[] => {
    const form = forms.get(formOf(state) ?? '');
    if (form === undefined) return [];
    return readersOf(state, checkup).map((audience) => ({
      form,
      audience,
      path: state.path,
      state,
    }));
  });
  return [...starts, ...states, ...pressesOf(checkup)];
}

function pressesOf(checkup: Checkup): readonly FormUse[] {
  const { chart, forms } = checkup;
  return [...chart.states.values()].flatMap((state) =>
    state.buttons.flatMap(({ form: name, by, path }) => {
      const form = forms.get(name ?? '');
      if (form === undefined) return [];
      return pressersOf(by, checkup).map((audience) => ({ form, audience, path, state }));
    }),
  );
}

/** Who a presser can be: whoever starts a case is of the audience of one of its starts. */
function pressersOf(by: Presser, checkup: Checkup): readonly Reader[] {
  if (by.kind !== 'starter') return peopleOf(by, checkup, []);
  return checkup.workflow.starts.flatMap((start) =>
    start.kind === 'form' ? audiencesOf(start.audience, checkup) : [],
  );
}

/** Who an audience can be. */
export function audiencesOf(audience: Audience, checkup: Checkup): readonly Reader[] {
  switch (audience.kind) {
    case 'roles':
      return rolesOf(audience.roles, BEFORE_A_CASE, checkup);
    case 'person':
      return [{ kind: 'staff' }];
    default:
      return [audience];
  }
}

/** Who does the work of a state. */
export function readersOf(state: State, checkup: Checkup): readonly Reader[] {
  if (state.kind === 'ask') return [{ kind: 'customer' }];
  return state.kind === 'task' ? doersOf(state, checkup, []) : [];
}

/** Who may come to do a task; `asked` are those whose answer needs this one. */
function doersOf(
  task: StateOf<'task'>,
  checkup: Checkup,
  asked: readonly State[],
): readonly Reader[] {
  const assigns = [task.assign, ...task.escalate.map(({ assign }) => assign)];
  const readers = assigns.flatMap((assign) => peopleOf(assign, checkup, [...asked, task]));
  return distinct(readers);
}

function peopleOf(who: Presser, checkup: Checkup, asked: readonly State[]): readonly Reader[] {
  const { workflow, chart, scopes } = checkup;
  switch (who.kind) {
    case 'role':
      return [{ kind: 'role', role: who.role }];
    case 'roles':
      return rolesOf(who.roles, scopes.case, checkup);
    case 'person':
      return [{ kind: 'staff' }];
    case 'starter':
      return workflow.starts.flatMap((start) => startersOf(start, checkup));
    case 'sameAs': {
      const other = chart.states.get(who.state);
      if (other?.kind !== 'task' || asked.includes(other)) return [];
      return doersOf(other, checkup, asked);
    }
    default:
      return [{ kind: who.kind }];
  }
}

/** Who works here and starts a case; of the others nothing is known. */
function startersOf(start: Start, checkup: Checkup): readonly Reader[] {
  const known = start.kind === 'form' ? audiencesOf(start.audience, checkup) : [];
  return known.length > 0 && known.every(({ kind }) => kind === 'role')
    ? known
    : [{ kind: 'staff' }];
}

/** The roles that a formula can give: those of its kind, else those that it writes out. */
function rolesOf(formula: Expression, variables: Variables, { core }: Checkup): readonly Reader[] {
  const scope = { variables, present: 'all' } as const;
  const found = readExpression(formula, scope, listOf(oneOf(core.roles)));
  const roles = found.ok ? rolesIn(formula, found.expression.type, core) : [];
  return roles.length === 0 ? [{ kind: 'staff' }] : roles.map((role) => ({ kind: 'role', role }));
}

function rolesIn({ source }: Expression, type: ValueType, { roles }: CoreView): readonly string[] {
  const choices = type.kind === 'list' && type.of.kind === 'one of' ? type.of.choices : roles;
  if (choices.length < roles.length) return choices.map(String);
  return roles.filter((role) => source.includes(`"${role}"`) || source.includes(`'${role}'`));
}

function distinct(readers: readonly Reader[]): readonly Reader[] {
  const byName = new Map(readers.map((reader) => [audienceName(reader), reader]));
  return [...byName.values()];
}
