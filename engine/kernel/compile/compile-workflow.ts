import type { AnyStateMachine } from 'xstate';
import { scopeOf } from '../check/scopes.ts';
import { withSelf } from '../check/runnable-view.ts';
import type { CoreView } from '../core-view.ts';
import type { State } from '../definition/state.ts';
import type { Workflow } from '../definition/workflow.ts';
import { createTrim } from '../types/trim.ts';
import type { Trim } from '../types/trim.ts';
import type { JsonSchema } from '../types/value-type.ts';
import type { Validator } from '../validator/validator.ts';
import type { WorkOutAdmission } from './admissions.ts';
import { compileAdmissions } from './admissions.ts';
import type { WorkOutAssignment } from './assignments.ts';
import { compileRungs } from './assignments.ts';
import { Compilation } from './compilation.ts';
import { compileForms } from './form-input.ts';
import type { FormInput } from './form-input.ts';
import { compileHearings } from './hearing.ts';
import type { Hearing } from './hearing.ts';
import { makeMachine } from './machine-config.ts';
import { MachineScope } from './machine-scope.ts';
import { Places } from './places.ts';
import { MailCompiler } from './mails.ts';
import { compileRoot } from './nodes.ts';
import { compileResults } from './results.ts';
import type { Results } from './results.ts';
import { compileStarts } from './starts.ts';
import type { CompiledStart } from './starts.ts';
import { compileTimers } from './timers.ts';
import type { StateTimer } from './timers.ts';
import { compileUndos } from './undos.ts';
import type { WorkOutUndo } from './undos.ts';
import { WriteCompiler } from './writes.ts';

/** A workflow ready to run: one machine, reused for every case and every step. */
export interface CompiledWorkflow {
  readonly workflow: Workflow;
  readonly machine: AnyStateMachine;
  readonly scope: MachineScope;
  readonly places: Places;
  readonly compilation: Compilation;
  readonly states: ReadonlyMap<string, State>;
  readonly starts: ReadonlyMap<string, CompiledStart>;
  /** What a form may give, by the form's name. */
  readonly forms: ReadonlyMap<string, FormInput>;
  /** What cases hear under `on`, state by state. */
  readonly hearings: readonly Hearing[];
  /** What `save` makes of an answer, by the state's id. */
  readonly results: ReadonlyMap<string, Results>;
  /** Who may press each button, by the name of its event. */
  readonly admissions: ReadonlyMap<string, WorkOutAdmission>;
  /** How what was done is taken back, by the state's id; the root's is that of the whole case. */
  readonly undos: ReadonlyMap<string, WorkOutUndo>;
  /** Whom tasks escalate to, rung by rung, by the state's id. */
  readonly rungs: ReadonlyMap<string, readonly WorkOutAssignment[]>;
  /** The timers of each state that has some, by the state's id. */
  readonly timers: ReadonlyMap<string, readonly StateTimer[]>;
}

/**
 * Compiles a workflow that the checker has accepted (about 10 ms for one of 20 states).
 * @throws `TrellisError` with code `not-checked` for one that it has not.
 */
export function compileWorkflow(
  workflow: Workflow,
  view: CoreView,
  validator: Validator,
): CompiledWorkflow {
  const core = withSelf(view, workflow);
  const trimOf = trimsOf(core);
  const writes = new WriteCompiler(workflow.data, {
    resolve: (name) => core.types.get(name)?.schema,
    validator,
    trimOf,
  });
  const mails = new MailCompiler(workflow.messages);
  const scopes = scopeOf(workflow, core);
  const compilation = new Compilation({
    ...{ workflow, core, validator, writes },
    mails,
    scopes,
    trimOf,
  });
  const states = new Map<string, State>();
  collect(workflow.root, states);
  const scope = new MachineScope();
  const machine = makeMachine(compileRoot(workflow.root, compilation), scope);
  return {
    workflow,
    machine,
    scope,
    places: new Places(machine, scope),
    compilation,
    states,
    starts: compileStarts(compilation),
    forms: compileForms(compilation),
    hearings: compileHearings(compilation),
    results: compileResults(states, compilation),
    admissions: compileAdmissions(states, compilation),
    undos: compileUndos(states, compilation),
    rungs: compileRungs(states, compilation),
    timers: compileTimers(states, compilation),
  };
}

/** What the schemas that speak of a core's types leave out of a value. */
function trimsOf({ types }: CoreView): (schema: JsonSchema) => Trim {
  const schemas = new Map([...types].map(([name, { schema }]) => [name, schema]));
  const isExtensible = (name: string): boolean => types.get(name)?.extensible === true;
  return (schema) => createTrim(schema, { types: schemas, isExtensible });
}

function collect(state: State, states: Map<string, State>): void {
  states.set(state.id, state);
  if (state.kind !== 'states' && state.kind !== 'parallel') return;
  for (const child of state.children) collect(child, states);
}
