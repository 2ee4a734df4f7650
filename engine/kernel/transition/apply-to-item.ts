import { itemOutcomes } from '../check/outcomes.ts';
import type { CaseContext, ItemResult, StepMoment } from '../compile/case-context.ts';
import { personOf } from '../compile/compilation.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { changeItems, endItem, itemAt } from '../compile/items.ts';
import { STEP_EVENT, outcomeEvent } from '../compile/names.ts';
import { complete } from '../compile/undos.ts';
import { excluded } from '../compile/work.ts';
import { put } from '../compile/writes.ts';
import type { State } from '../definition/state.ts';
import { visitOf } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import type { JsonObject } from '../json.ts';
import type { Applied } from './applied.ts';
import type { Refusal } from './step-result.ts';
import { refusal } from './step-result.ts';

type EventOf<K extends CaseEvent['kind']> = Extract<CaseEvent, { readonly kind: K }> & {
  readonly item: number;
};

/** How one item of work ended. */
export type ItemEvent = EventOf<'outcome'> | EventOf<'done'> | EventOf<'failed'>;

/** Ends one item of work that is repeated; the state goes on, or the machine finds that it is done. */
export function applyToItem(
  context: CaseContext,
  event: ItemEvent,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  if (event.kind === 'outcome') return completeItem(context, event, compiled, moment);
  return event.kind === 'failed'
    ? failItem(context, event, compiled)
    : answerItem(context, event, compiled, moment);
}

function completeItem(
  context: CaseContext,
  event: EventOf<'outcome'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  const { outcome, item, actor, form } = event;
  const state = compiled.states.get(event.state);
  if (state?.kind !== 'task' && state?.kind !== 'ask') {
    return refusal('unknown-outcome', `"${event.state}" is not work that a person completes.`);
  }
  const known = itemOutcomes(
    state,
    compiled.workflow.forms.find(({ name }) => name === state.form),
  );
  if (!known.includes(outcome)) {
    return refusal(
      'unknown-outcome',
      `"${outcome}" is not an outcome of "${state.id}". Its outcomes are: ${known.join(', ')}.`,
    );
  }
  if (state.kind === 'task' && excluded(state, context).includes(actor.id)) {
    return refusal('not-by', 'Somebody who did another part of this may not do this one as well.');
  }
  const data = filledIn(context, event, state.form, compiled, moment);
  const others = (context.completedBy[state.id] ?? []).filter((id) => id !== actor.id);
  const completed = {
    ...context,
    data,
    completedBy: { ...context.completedBy, [state.id]: [...others, actor.id] },
  };
  const by = personOf(actor);
  const ended = ending(completed, state, { index: item, outcome, form: form.own, by });
  const names = { form: form.own, outcome, actor: by };
  return {
    kind: 'applied',
    type: outcomeEvent(state.id, outcome),
    context: complete(
      saved(ended, state, item, names, compiled, moment),
      visitOf(event),
      compiled.undos.get(state.id),
      names,
    ),
  };
}

/** Takes the form of an item: it sees the item as a field of the data, under the item's own name. */
function filledIn(
  context: CaseContext,
  { state, item, form, outcome }: EventOf<'outcome'>,
  name: string,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): JsonObject {
  const { compilation } = compiled;
  const forEach = compilation.forEach(state);
  const items = context.open[state]?.items;
  const input = compiled.forms.get(name);
  if (forEach === undefined || items === undefined || input === undefined) return context.data;
  const own = itemAt(forEach, items, context.data, item);
  const seen = { ...context.data, [forEach.item]: own };
  const names = { ...compilation.values(context, state), outcome };
  const { [forEach.item]: filled = null, ...data } = input.accept(seen, form, names, moment);
  if (forEach.list === undefined) return data;
  return put(data, [...forEach.list, String(item)], filled);
}

function answerItem(
  context: CaseContext,
  event: EventOf<'done'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  const state = compiled.states.get(event.state);
  const { item, result, outcome } = event;
  if (state === undefined) return refusal('stale', `There is no state "${event.state}".`);
  const outcomes = outcome === undefined ? {} : { outcome };
  const names = { result, ...outcomes };
  const ended = ending(context, state, { index: item, result, ...outcomes });
  const after = saved(ended, state, item, names, compiled, moment);
  return {
    kind: 'applied',
    type: outcome === undefined ? STEP_EVENT : outcomeEvent(state.id, outcome),
    context: complete(after, visitOf(event), compiled.undos.get(state.id), names),
  };
}

function failItem(
  context: CaseContext,
  { state, item, error }: EventOf<'failed'>,
  { compilation }: CompiledWorkflow,
): Applied | Refusal {
  const unhandled = refusal('unhandled', `Nothing says what happens when "${state}" fails.`);
  const onItemFailed = compilation.forEach(state)?.onItemFailed;
  if (onItemFailed === 'skip') {
    const skipped = changeItems(context, state, (items) => endItem(items, { index: item }));
    return { kind: 'applied', type: STEP_EVENT, context: skipped };
  }
  if (onItemFailed !== 'fail') return unhandled;
  return {
    kind: 'applied',
    type: STEP_EVENT,
    context: changeItems(context, state, (items) => ({
      ...items,
      open: items.open.filter((other) => other !== item),
      failure: error,
    })),
    otherwise: unhandled,
  };
}

function ending(context: CaseContext, { id }: State, result: ItemResult): CaseContext {
  return changeItems(context, id, (items) => endItem(items, result));
}

/** `save` reads `results` with this item among them. */
function saved(
  context: CaseContext,
  { id }: State,
  item: number,
  names: Readonly<Record<string, unknown>>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): CaseContext {
  const data = compiled.results.get(id)?.save(context, names, moment, item) ?? context.data;
  return { ...context, data };
}
