import type { Clearance } from '../classification.ts';
import { mayFlow } from '../classification.ts';
import type { CoreView } from '../core-view.ts';
import type { Audience, Form, Presser, State, Workflow } from '../definition/workflow.ts';
import type { Path } from '../problem.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { formOf } from './outcomes.ts';

const NOTHING_MORE: Clearance = { upTo: 'public', tags: [] };

/** Whoever fills a form: an audience, or a program. */
type Receiver = Exclude<Presser, { readonly kind: 'starter' }>;

/** What an audience may be given; only what is public where the core says nothing of it. */
export function clearanceOf(audience: Receiver, core: CoreView): Clearance {
  const name = audience.kind === 'role' ? `role:${audience.role}` : audience.kind;
  return core.clearances.get(name) ?? NOTHING_MORE;
}

/** Tells whether an audience may read a field: by its clearance, or by a right to this very field. */
export function mayRead(type: ValueType, audience: Receiver, core: CoreView): boolean {
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
} as const;

/** Names an audience in a sentence. */
export function audienceName(audience: Receiver): string {
  if (audience.kind === 'role') return `the role "${audience.role}"`;
  return AUDIENCES[audience.kind];
}

/** One use of a form: who fills it, and where. */
export interface FormUse {
  readonly form: Form;
  readonly audience: Receiver;
  readonly path: Path;
  /** Absent where a case begins with it: then there is nothing yet that it could show. */
  readonly state?: State;
}

/** Lists who fills which form; a task's form is also seen by the roles that it escalates to. */
export function formUsesOf({ workflow, chart, forms }: Checkup): readonly FormUse[] {
  const starts = workflow.starts.flatMap((start): readonly FormUse[] => {
    const form = start.kind === 'form' ? forms.get(start.form) : undefined;
    if (form === undefined || start.kind !== 'form') return [];
    return [{ form, audience: start.audience, path: start.path }];
  });
  const states = [...chart.states.values()].flatMap((state): readonly FormUse[] => {
    const form = forms.get(formOf(state) ?? '');
    if (form === undefined) return [];
    return audiencesOf(state).map((audience) => ({ form, audience, path: state.path, state }));
  });
  return [...starts, ...states, ...pressesOf(chart, forms, workflow)];
}

function pressesOf(
  chart: Checkup['chart'],
  forms: Checkup['forms'],
  workflow: Workflow,
): readonly FormUse[] {
  return [...chart.states.values()].flatMap((state) =>
    state.buttons.flatMap(({ form: name, by, path }) => {
      const form = forms.get(name ?? '');
      if (form === undefined) return [];
      return pressersOf(by, workflow).map((audience) => ({ form, audience, path, state }));
    }),
  );
}

/** Who a presser can be: whoever starts a case is of the audience of one of its starts. */
function pressersOf(by: Presser, { starts }: Workflow): readonly Receiver[] {
  if (by.kind !== 'starter') return [by];
  return starts.flatMap((start) => (start.kind === 'form' ? [start.audience] : []));
}

/** Who does the work of a state. */
export function audiencesOf(state: State): readonly Audience[] {
  if (state.kind === 'ask') return [{ kind: 'customer' }];
  if (state.kind !== 'task') return [];
  const roles = [state.assign.role, ...state.escalate.map(({ assign }) => assign.role)];
  return [...new Set(roles)].map((role) => ({ kind: 'role', role }));
}
