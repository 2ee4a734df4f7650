/** What the items of a `forEach` make of a case. */
import type { ModelState } from './model-workflow.ts';
import type { ReferenceCase } from './reference-case.ts';
import { changeStay, reopen, stayIn } from './reference-case.ts';
import type { ItemStep } from './reference-items.ts';
import { itemText, outlives } from './reference-moves.ts';

/** Takes a state one step further through its items. */
export function goOn(live: ReferenceCase, state: ModelState, step: ItemStep): void {
  const { visit, items } = stayIn(live, state);
  if (items === undefined) return;
  const at = `${state.id}#${String(visit)}`;
  const end = (how: 'done' | 'failed'): void => {
    changeStay(live, state, { ended: { how, outcome: '', outcomes: new Map() } });
  };
  const stopOpen = (): void => {
    for (const item of items.open) {
      live.effects.push(`stop ${at}${itemText(item)} (${state.kind})`);
      if (!outlives(state)) continue;
      live.running = [...live.running, { state: state.id, visit, order: 0, item }];
    }
    changeStay(live, state, { items: { ...items, open: [] } });
  };
  switch (step.kind) {
    case 'fail':
      stopOpen();
      end('failed');
      return;
    case 'enough': {
      if (state.forEach?.rest === 'cancel') stopOpen();
      const left = stayIn(live, state).items ?? items;
      changeStay(live, state, { items: { ...left, enough: true, changed: false } });
      return;
    }
    case 'not-enough':
      changeStay(live, state, { items: { ...items, changed: false } });
      return;
    case 'begin': {
      const { which } = step;
      for (const item of which) live.effects.push(`${state.kind} ${at}${itemText(item)}`);
      const begun = items.begun + which.length;
      changeStay(live, state, { items: { ...items, begun, open: [...items.open, ...which] } });
      return;
    }
    case 'over':
      end('done');
  }
}

/** One more item, at the end of the list; a state that was about to be left goes on. */
export function addItem(live: ReferenceCase, state: ModelState, value: number): void {
  const stay = live.stays.get(state.id);
  if (stay?.items === undefined) return;
  const { field } = state.forEach?.in ?? {};
  if (field !== undefined) {
    live.data = { ...live.data, [field]: [...(live.data[field] as readonly number[]), value] };
  }
  changeStay(live, state, { items: { ...stay.items, count: stay.items.count + 1 } });
  if (stay.ended?.how === 'done' && !stay.answered && !stay.items.enough) reopen(live, state);
}
