/** What people do to a case by hand, as the guide for operators tells it. */
import type { Modification } from '../../../engine/kernel/event.ts';
import type { ModelState } from './model-workflow.ts';
import type { ReferenceCase } from './reference-case.ts';
import type { ReferenceInterpreter } from './reference-interpreter.ts';
import { itemText } from './reference-moves.ts';
import { Refused } from './refused.ts';

/** Suspends a case, or lets it go on; the child cases that it runs rest with it. */
export function rest(
  live: ReferenceCase,
  interpreter: ReferenceInterpreter,
  isResting: boolean,
): void {
  const isPossible = isResting ? live.outcome === undefined && !live.suspended : live.suspended;
  if (!isPossible) throw new Refused('not-possible');
  live.suspended = isResting;
  // What waits is read again when it goes on.
  if (!isResting && !live.undoing.has('')) interpreter.rest(live);
  const children = interpreter.tree.inOrder(live.active).flatMap((state) => {
    const stay = live.stays.get(state.id);
    if (state.kind !== 'run' || stay === undefined || stay.ended !== undefined) return [];
    const items = stay.items?.open.map((item) => itemText(item)) ?? [''];
    return items.map((item) => `${state.id}#${String(stay.visit)}${item}`);
  });
  live.effects.push(...children.map((child) => `rest-child ${child} ${String(isResting)}`));
}

/** Changes what a case carries, or where it is. */
export function modify(
  live: ReferenceCase,
  interpreter: ReferenceInterpreter,
  { set, work }: Pick<Modification, 'set' | 'work'>,
): void {
  const { tree } = interpreter;
  if (live.undoing.has('') || live.outcome !== undefined) throw new Refused('not-possible');
  for (const { field, value } of set) {
    live.data = { ...live.data, [field]: value };
  }
  if (work === undefined) {
    interpreter.rest(live);
    return;
  }
  if (work.kind !== 'move' && work.kind !== 'repeat') throw new Error('The reference cannot.');
  const from = tree.get(work.kind === 'move' ? work.from : work.state);
  const to = work.kind === 'move' ? tree.get(work.to) : from;
  if (!live.stays.has(from.id)) throw new Refused('not-possible');
  const isAround = (outer: ModelState): boolean => tree.isInside(to, outer);
  const within = tree.around(from).find(isAround) ?? tree.root;
  // Regions run at once: none is left for another.
  if (within.kind === 'parallel') throw new Refused('not-possible');
  interpreter.lead(live, from, to, within);
}
