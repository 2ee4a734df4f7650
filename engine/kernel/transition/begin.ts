import type { AnyMachineSnapshot } from 'xstate';
import type { CaseIdentity } from '../case-state.ts';
import type { CaseContext, Moment, StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { CompiledStart } from '../compile/starts.ts';
import { initialData, runInput } from '../compile/starts.ts';
import type { FormValues } from '../event.ts';
import type { Json, JsonObject } from '../json.ts';
import { attempt } from './attempt.ts';
import { settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';

/** How a case begins: by a form, a message, the clock, a program, or another case that runs it. */
export type Beginning =
  | { readonly kind: 'form'; readonly start: string; readonly form: FormValues }
  | { readonly kind: 'message'; readonly start: string; readonly body: JsonObject }
  | { readonly kind: 'schedule'; readonly start: string }
  | { readonly kind: 'api'; readonly start: string; readonly input: JsonObject }
  | { readonly kind: 'run'; readonly input: JsonObject };

/** The first step of a case. */
export interface FirstStep extends StepResult {
  /** The value for which this may be the only case of its workflow. */
  readonly once?: Json;
}

/** Begins a case: its first step, or why it cannot begin. It executes nothing. */
export function begin(
  compiled: CompiledWorkflow,
  identity: CaseIdentity,
  beginning: Beginning,
  moment: Moment,
): FirstStep | Refusal {
  const chosen = startOf(compiled, beginning);
  if (chosen === undefined) {
    const known = [...compiled.starts.keys()].join(', ');
    return refusal('refused-data', `There is no such way to start. The workflow has: ${known}.`);
  }
  return attempt(compiled, moment, (): FirstStep | Refusal => {
    const { first, once } = firstContext(compiled, identity, chosen, beginning, moment);
    if (once === null) {
      const message = `A case cannot begin while "${chosen.start.once?.source ?? ''}" is empty: there is one case for each value of it.`;
      return refusal('refused-data', message);
    }
    const { machine, scope, places } = compiled;
    const { snapshot, context } = scope.run(
      first,
      () => machine.getInitialSnapshot(scope.actorScope) as AnyMachineSnapshot,
    );
    if (snapshot.status === 'error') throw snapshot.error;
    const settled = settle(compiled, { place: places.reached(snapshot), context }, false);
    return once === undefined ? settled : { ...settled, once };
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
): { readonly first: CaseContext; readonly once?: Json } {
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
  const brought = broughtBy(chosen, beginning);
  const names = { ...compiled.compilation.values(empty, ''), ...brought };
  const given = firstData(compiled, chosen, beginning, empty, names, moment);
  const saved = chosen.save(given, { ...names, ...given, ...brought }, moment);
  const data = chosen.set(saved, { ...names, ...saved, ...brought }, moment);
  return {
    first: { ...empty, data },
    ...(chosen.once && { once: chosen.once({ ...names, ...data, ...brought }, moment) }),
  };
}

/** What the start's expressions read beside the data. */
function broughtBy({ start }: CompiledStart, beginning: Beginning): JsonObject {
  if (beginning.kind === 'form') return { form: beginning.form.own };
  if (beginning.kind !== 'message' || start.kind !== 'message') return {};
  return { message: { ...beginning.body, name: start.message } };
}

function firstData(
  compiled: CompiledWorkflow,
  { start }: CompiledStart,
  beginning: Beginning,
  empty: CaseContext,
  names: Readonly<Record<string, unknown>>,
  moment: StepMoment,
): JsonObject {
  if (beginning.kind === 'form' && start.kind === 'form') {
    const form = compiled.forms.get(start.form);
    return form?.accept(empty.data, beginning.form, names, moment) ?? empty.data;
  }
  if (beginning.kind !== 'run' && beginning.kind !== 'api') return empty.data;
  return runInput(start, beginning.input, empty.data, compiled.compilation);
}
