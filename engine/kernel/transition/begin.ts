import type { AnyMachineSnapshot } from 'xstate';
import type { CaseIdentity } from '../case-state.ts';
import type { CaseContext, Moment, StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { CompiledStart } from '../compile/starts.ts';
import { initialData, runInput } from '../compile/starts.ts';
import type { FormValues } from '../event.ts';
import type { JsonObject } from '../json.ts';
import { attempt } from './attempt.ts';
import { settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';

/** How a case begins: by a form, by a program, or by another case that runs it. */
export type Beginning =
  | { readonly kind: 'form'; readonly start: string; readonly form: FormValues }
  | { readonly kind: 'api'; readonly start: string; readonly input: JsonObject }
  | { readonly kind: 'run'; readonly input: JsonObject };

/** Begins a case: its first step, or why it cannot begin. It executes nothing. */
export function begin(
  compiled: CompiledWorkflow,
  identity: CaseIdentity,
  beginning: Beginning,
  moment: Moment,
): StepResult | Refusal {
  const chosen = startOf(compiled, beginning);
  if (chosen === undefined) {
    const known = [...compiled.starts.keys()].join(', ');
    return refusal('refused-data', `There is no such way to start. The workflow has: ${known}.`);
  }
  return attempt(compiled, moment, () => {
    const first = firstContext(compiled, identity, chosen, beginning, moment);
    const { machine, scope, places } = compiled;
    const { snapshot, context } = scope.run(
      first,
      () => machine.getInitialSnapshot(scope.actorScope) as AnyMachineSnapshot,
    );
    if (snapshot.status === 'error') throw snapshot.error;
    return settle(compiled, { place: places.reached(snapshot), context }, false);
  });
}

function startOf(compiled: CompiledWorkflow, beginning: Beginning): CompiledStart | undefined {
  if (beginning.kind !== 'run') {
    const start = compiled.starts.get(beginning.start);
    return start?.start.kind === beginning.kind ? start : undefined;
  }
  return [...compiled.starts.values()].find(({ start }) => start.kind === 'run');
}

function firstContext(
  compiled: CompiledWorkflow,
  identity: CaseIdentity,
  chosen: CompiledStart,
  beginning: Beginning,
  moment: StepMoment,
): CaseContext {
  const empty: CaseContext = {
    identity,
    data: initialData(compiled.compilation),
    visits: {},
    open: {},
    completedBy: {},
    ledger: [],
    running: [],
    undos: 0,
  };
  const own = beginning.kind === 'form' ? beginning.form.own : {};
  const names = { ...compiled.compilation.values(empty, ''), form: own };
  const data = firstData(compiled, chosen, beginning, empty, names, moment);
  return { ...empty, data: chosen.set(data, { ...names, ...data, form: own }, moment) };
}

function firstData(
  compiled: CompiledWorkflow,
  { start }: CompiledStart,
  beginning: Beginning,
  empty: CaseContext,
  names: Readonly<Record<string, unknown>>,
  moment: StepMoment,
): JsonObject {
  if (beginning.kind !== 'form' || start.kind !== 'form') {
    const given = beginning.kind === 'form' ? {} : beginning.input;
    return { ...empty.data, ...runInput(start, given, compiled.compilation) };
  }
  const form = compiled.forms.get(start.form);
  return form?.accept(empty.data, beginning.form, names, moment) ?? empty.data;
}
