import type { CoreView } from '../core-view.ts';
import { eachItemOf } from '../definition/each-item-of.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import type { State } from '../definition/state.ts';
import { WHOLE_NUMBER, listOf, objectOf, oneOf, withEmptiness } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Variables } from './variables.ts';

/** The item that a state is at: in scope wherever its work is begun or ends. */
export function itemVariable(state: State): Variables {
  const repeated = forEachOf(state) ?? eachItemOf(state);
  return repeated === undefined ? {} : { [repeated.item]: repeated.type };
}

/** What the ends of a state's items have in common. */
interface ItemEnd {
  /** How an item can end; none for a call. */
  readonly outcomes: readonly string[];
  /** What a form's own fields give, and who gave it. */
  readonly completed?: { readonly form: ValueType; readonly by: ValueType };
}

/** `results`: the items that have ended; nothing where a state repeats no work. */
export function resultsVariable(state: State, end: ItemEnd, core: CoreView): Variables {
  const forEach = forEachOf(state);
  if (forEach === undefined) return {};
  const mayFail = forEach.onItemFailed === 'skip';
  const output = outputOf(state, core);
  const { outcomes, completed } = end;
  const fields: Readonly<Record<string, ValueType>> = {
    item: forEach.type,
    index: WHOLE_NUMBER,
    ...(outcomes.length > 0 && { outcome: withEmptiness(oneOf(outcomes), mayFail) }),
    ...(output !== undefined && { result: withEmptiness(output, output.mayBeEmpty || mayFail) }),
    ...completed,
  };
  const of = objectOf(fields);
  return { results: listOf(of) };
}

function outputOf(state: State, core: CoreView): ValueType | undefined {
  if (state.kind === 'call') return core.operations.get(state.operation)?.output;
  return state.kind === 'run' ? core.runnables.get(state.workflow)?.output : undefined;
}
