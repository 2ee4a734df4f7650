/** What people do to a case by hand, as the guide for operators tells it. */
import type { Modification, SkippedEnd, WorkChange } from '../../../engine/kernel/event.ts';
import type { ModelKind, ModelState } from './model-workflow.ts';
import type { ReferenceCase } from './reference-case.ts';
import type { ReferenceInterpreter } from './reference-interpreter.ts';
import { itemText } from './reference-moves.ts';
import { movedTimer } from './reference-timers.ts';
import type { WorkEvent } from './reference-work.ts';
import { Refused } from './refused.ts';

type ByHand<K extends WorkChange['kind']> = Extract<WorkChange, { readonly kind: K }>;

/** How the work of a state may have ended. */
const ENDS: Readonly<Partial<Record<ModelKind, readonly SkippedEnd['kind'][]>>> = {
  task: ['outcome'],
  ask: ['outcome'],
  call: ['done', 'failed'],
  run: ['done', 'failed'],
  wait: ['message'],
};

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

/** Changes what a case carries. */
export function changeData(live: ReferenceCase, set: Modification['set']): void {
  if (live.undoing.has('') || live.outcome !== undefined) throw new Refused('not-possible');
  for (const { field, value } of set) {
    live.data = { ...live.data, [field]: value };
  }
}

/** Lets a timer that runs fire at another time. */
export function moveTimer(
  live: ReferenceCase,
  interpreter: ReferenceInterpreter,
  { state, visit, timer, at }: ByHand<'timer'>,
  now: number,
): void {
  const index = Number(timer);
  const stay = live.stays.get(state);
  if (stay?.visit !== visit || stay.calledOff || at <= now) throw new Refused('not-possible');
  const { timers = [] } = stay;
  const was = timers.find((one) => one.index === index)?.at;
  if (was === undefined) throw new Refused('not-possible');
  const moved = timers.map((one) => (one.index === index ? movedTimer(one, at) : one));
  live.stays.set(state, { ...stay, timers: moved });
  live.moved = { state, index, was };
  interpreter.rest(live);
}

/** The event by which work ends that nobody does. */
export function skipped(
  live: ReferenceCase,
  state: ModelState,
  { as }: ByHand<'skip'>,
  actor: Modification['actor'],
): WorkEvent {
  const stay = live.stays.get(state.id);
  const isOpen = stay !== undefined && stay.ended === undefined && stay.items === undefined;
  if (!isOpen || ENDS[state.kind]?.includes(as.kind) !== true) throw new Refused('not-possible');
  const visit = { state: state.id, visit: stay.visit };
  if (as.kind !== 'outcome') return { ...as, ...visit };
  return { ...as, ...visit, actor, form: { data: {}, own: {} }, skipped: true };
}

/** What still works for a visit that was skipped is called off; but for a wait, the case must leave it. */
export function callOffSkipped(
  live: ReferenceCase,
  { id, kind }: ModelState,
  { visit }: WorkEvent,
): void {
  if (live.stays.get(id)?.visit === visit) {
    live.isSkippedInVain = kind !== 'wait';
    return;
  }
  const own = `stop ${id}#${String(visit)} `;
  const others = live.effects.filter((effect) => !effect.startsWith(own));
  live.effects = [`${own}(${kind})`, ...others];
}

/** Changes where a case is; without that, what waits is read again. */
export function relocate(
  live: ReferenceCase,
  interpreter: ReferenceInterpreter,
  work: ByHand<'move'> | ByHand<'repeat'> | undefined,
): void {
  const { tree } = interpreter;
  if (work === undefined) {
    interpreter.rest(live);
    return;
  }
  const from = tree.get(work.kind === 'move' ? work.from : work.state);
  const to = work.kind === 'move' ? tree.get(work.to) : from;
  if (!live.stays.has(from.id)) throw new Refused('not-possible');
  const isAround = (outer: ModelState): boolean => tree.isInside(to, outer);
  const within = tree.around(from).find(isAround) ?? tree.root;
  // Regions run at once: none is left for another.
  if (within.kind === 'parallel') throw new Refused('not-possible');
  interpreter.lead(live, from, to, within);
}
