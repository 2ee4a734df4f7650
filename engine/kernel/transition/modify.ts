/** What a person changes of one case by hand. */
import { workNamed } from '../compile/authored-places.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { STEP_EVENT, moveEvent, repeatEvent } from '../compile/names.ts';
import type { State } from '../definition/state.ts';
import type { Actor, StopEffect, Visit } from '../effects.ts';
import type { CaseEvent, Modification, SkippedEnd, WorkChange } from '../event.ts';
import type { Json, JsonObject } from '../json.ts';
import type { JsonSchema } from '../types/value-type.ts';
import { changeFields } from './field-changes.ts';
import type { LiveCase } from './live-case.ts';
import { progressOf, withContext } from './live-case.ts';
import { passedQueue } from './queues.ts';
import { send, settle } from './settle.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';
import { strangeFile } from './strange-file.ts';

/** An event of the work that is skipped. */
type SkipEvent = Extract<CaseEvent, { readonly kind: SkippedEnd['kind'] }>;

/** The case with its data changed, or why it cannot be changed. */
export function changedData(
  compiled: CompiledWorkflow,
  live: LiveCase,
  { set }: Modification,
): LiveCase | Refusal {
  const progress = progressOf(live);
  if (progress !== 'active') {
    const why = progress === 'finished' ? 'The case has ended.' : 'The case is being undone.';
    return refusal('not-possible', `${why} It cannot be changed.`);
  }
  const data = changeFields(live.context.data, set, compiled);
  return data.kind === 'refused' ? data : withContext(live, { ...live.context, data: data.data });
}

/** Leads a case to another state, or lets one begin anew; without either what waits is read again. */
export function relocate(
  compiled: CompiledWorkflow,
  live: LiveCase,
  work: Extract<WorkChange, { readonly kind: 'move' | 'repeat' }> | undefined,
): StepResult | Refusal {
  if (work === undefined) return settle(compiled, send(compiled, live, STEP_EVENT), false);
  const named = work.kind === 'move' ? [work.from, work.to] : [work.state];
  const unknown = named.find((id) => id === '' || !compiled.states.has(id));
  if (unknown !== undefined) {
    return refusal('not-possible', `The workflow has no state "${unknown}".`);
  }
  const at = work.kind === 'move' ? work.from : work.state;
  if (live.context.open[at] === undefined) {
    return refusal('not-possible', `The case is not in "${at}".`);
  }
  const passed = work.kind === 'move' ? passedQueue(compiled, work.to, work.from) : undefined;
  if (passed !== undefined) return passed;
  const event = work.kind === 'move' ? wayTo(compiled, work) : anew(compiled, work.state);
  return typeof event === 'string' ? settle(compiled, send(compiled, live, event), false) : event;
}

/** The event that enters a state anew; a region that is one piece of work is meant with that. */
function anew(compiled: CompiledWorkflow, named: string): string | Refusal {
  const id = workNamed(named, compiled);
  const parallel = outside(id);
  if (compiled.states.get(parallel)?.kind !== 'parallel') return repeatEvent(id);
  return refusal(
    'not-possible',
    `"${id}" is a region of "${parallel}", which cannot begin anew without the others. Repeat a state inside of it, or "${parallel}".`,
  );
}

/** The event that leads from one state to another, within the innermost state around both. */
function wayTo(
  { states }: CompiledWorkflow,
  { from, to }: { readonly from: string; readonly to: string },
): string | Refusal {
  let around = outside(from);
  while (!isInside(to, around)) around = outside(around);
  if (states.get(around)?.kind !== 'parallel') return moveEvent(around, to);
  return refusal(
    'not-possible',
    `"${from}" and "${to}" lie in two regions of "${around}", which run at once. Choose a state in the same region, or one outside of "${around}".`,
  );
}

function outside(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}

function isInside(id: string, around: string): boolean {
  return around === '' || id.startsWith(`${around}/`);
}

/** The event by which the work of a state is taken to have ended, or why it cannot be. */
export function skipEvent(
  compiled: CompiledWorkflow,
  { context }: LiveCase,
  work: Extract<WorkChange, { readonly kind: 'skip' }>,
  actor: Actor,
): SkipEvent | Refusal {
  const id = workNamed(work.state, compiled);
  const state = compiled.states.get(id);
  const open = context.open[id];
  if (state === undefined || open === undefined || open.ended !== undefined) {
    return refusal('not-possible', `"${work.state}" has no work that could be skipped now.`);
  }
  if (open.waiting === true) {
    const why = `"${work.state}" waits for its turn: nothing of it has begun. Lead the case to another state instead.`;
    return refusal('not-possible', why);
  }
  if (open.items !== undefined) {
    const why = `"${work.state}" goes through a list, item by item. Lead the case to another state instead.`;
    return refusal('not-possible', why);
  }
  const unfit = misfit(compiled, state, work.as) ?? strangeIn(work.as, context.data);
  if (unfit !== undefined) return refusal('not-possible', unfit);
  const visit = { state: id, visit: open.visit };
  if (work.as.kind !== 'outcome') return { ...work.as, ...visit };
  const form = { data: {}, own: {} };
  return { ...work.as, ...visit, form, actor, skipped: true };
}

/** The ways in which the work of each kind of state can end. */
const ENDS: Readonly<Partial<Record<State['kind'], readonly SkippedEnd['kind'][]>>> = {
  task: ['outcome'],
  ask: ['outcome'],
  call: ['done', 'failed'],
  run: ['done', 'failed'],
  wait: ['message'],
};

function misfit(compiled: CompiledWorkflow, state: State, as: SkippedEnd): string | undefined {
  const ends = ENDS[state.kind] ?? [];
  if (!ends.includes(as.kind)) {
    const known = ends.length === 0 ? 'is no work that ends' : `ends by: ${ends.join(', ')}`;
    return `"${state.id}" ${known}.`;
  }
  const value = valueOf(compiled, state, as);
  if (value === undefined) return undefined;
  const [error] = compiled.compilation.validator.compile(value.schema)(value.value);
  if (error === undefined) return undefined;
  return `The ${as.kind === 'message' ? 'message' : 'result'}${error.pointer} ${error.message}.`;
}

function strangeIn(as: SkippedEnd, data: JsonObject): string | undefined {
  const given = as.kind === 'done' ? as.result : as.kind === 'message' ? as.body : null;
  const strange = strangeFile(given, data);
  return strange === undefined
    ? undefined
    : `The ${as.kind === 'message' ? 'message' : 'result'} ${strange}.`;
}

/** What is held against a schema before it is taken for an answer. */
function valueOf(
  { compilation: { core } }: CompiledWorkflow,
  state: State,
  as: SkippedEnd,
): { readonly value: Json; readonly schema: JsonSchema } | undefined {
  if (as.kind === 'message') {
    const isAwaited = state.kind === 'wait' && state.messages.includes(as.name);
    const schema = isAwaited ? core.messages.get(as.name)?.bodySchema : undefined;
    return { value: as.body, schema: schema ?? false };
  }
  if (as.kind !== 'done' || state.kind !== 'call') return undefined;
  return { value: as.result, schema: core.operations.get(state.operation)?.outputSchema ?? true };
}

/**
 * Calls off what still works for the visit that was skipped. A case that stays in it goes on with its
 * timers, so its work alone could not be called off: that is refused, but for a wait, which has none.
 */
export function withoutWork(
  result: StepResult,
  { state, visit }: Visit,
  work: StopEffect['work'],
): StepResult | Refusal {
  if (result.case.context.open[state]?.visit === visit) {
    if (work === 'wait') return result;
    const why = `After that the case would stay in "${state}", where its work goes on. Lead the case to another state instead.`;
    return refusal('not-possible', why);
  }
  const others = result.effects.filter(
    (effect) => effect.kind !== 'stop' || effect.state !== state || effect.visit !== visit,
  );
  return { ...result, effects: [{ kind: 'stop', state, visit, work }, ...others] };
}

/** The kind of the work of a state, for calling it off. */
export function workOf(compiled: CompiledWorkflow, id: string): StopEffect['work'] {
  const kind = compiled.states.get(id)?.kind;
  switch (kind) {
    case 'task':
    case 'ask':
    case 'call':
    case 'run':
    case 'wait':
      return kind;
    default:
      return 'none';
  }
}
