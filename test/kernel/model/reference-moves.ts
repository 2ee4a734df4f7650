/** Entering and leaving states, as the language tells it. */
import type { ModelState, ModelTarget } from './model-workflow.ts';
import type { ReferenceCase, Stay } from './reference-case.ts';
import { act, askedIn, changeStay, complete, reopen, stayIn } from './reference-case.ts';
import { itemsOf } from './reference-items.ts';
import type { StateTree } from './state-tree.ts';

export const WORK = ['task', 'ask', 'call', 'run', 'wait'];

/** Names an item under way as effects do. */
export function itemText(item: number | undefined): string {
  return item === undefined ? '' : `/${String(item)}`;
}

export class ReferenceMoves {
  readonly #tree: StateTree;

  constructor(tree: StateTree) {
    this.#tree = tree;
  }

  /** Enters a state and what lies inside it. */
  enter(live: ReferenceCase, state: ModelState, goals: readonly ModelState[] = []): void {
    if (!this.#come(live, state)) {
      if (goals.some((goal) => goal !== state)) live.leftOut.add(state);
      return;
    }
    if (!this.#beginsLater(state, goals)) this.enterInside(live, state, goals);
  }

  /** A region with a condition begins after the others, and so does one in which nothing went on. */
  #beginsLater(state: ModelState, goals: readonly ModelState[]): boolean {
    if (goals.length === 0) return state.when !== undefined;
    return this.#tree.isRegion(state) && goals.includes(state);
  }

  /** Enters a target with what lies around it, up to a state that the case is in. */
  enterTarget(live: ReferenceCase, target: ModelTarget, within: ModelState): void {
    const state = this.#tree.get(target.id);
    this.enterInside(live, within, this.#goalsOf(live, target, state));
  }

  /** Leaves states, the inner ones first, and remembers where the case was in them. */
  leaveAll(live: ReferenceCase, left: ReadonlySet<ModelState>): void {
    const states = this.#tree.inOrder(left);
    for (const state of states) {
      if (state.children.length > 0) live.memory.set(state.id, this.#innermostIn(live, state));
    }
    for (const state of states.toReversed()) this.#leave(live, state);
  }

  /** Nobody waits any more for a region: what goes on in it is called off. */
  callOff(live: ReferenceCase, region: ModelState): void {
    const { visit, timers } = stayIn(live, region);
    if (timers !== undefined) live.effects.push(`stop ${region.id}#${String(visit)} (none)`);
    this.dropUndoList(live, region.id);
    live.stays.set(region.id, { visit, answered: false, calledOff: true });
    // It is looked at after all others now.
    live.active.delete(region);
    live.active.add(region);
  }

  #innermostIn(live: ReferenceCase, outer: ModelState): readonly ModelState[] {
    return [...live.active].filter(
      (state) =>
        this.#tree.isInside(state, outer) &&
        !state.children.some((child) => live.active.has(child)),
    );
  }

  /** What is to be come to in a target: by its history, where the case last was in it. */
  #goalsOf(
    live: ReferenceCase,
    { history }: ModelTarget,
    state: ModelState,
  ): readonly ModelState[] {
    const last = history === undefined ? undefined : live.memory.get(state.id);
    const [first = state] = state.children;
    // A region that is named itself begins at its start.
    if (history === undefined && this.#tree.isRegion(state) && !state.when) return [first];
    if (last === undefined || last.length === 0) return [state];
    if (history === 'deep') return last;
    const isInIt = (child: ModelState): boolean =>
      last.some((one) => one === child || this.#tree.isInside(one, child));
    return state.children.filter(isInIt);
  }

  enterInside(live: ReferenceCase, state: ModelState, goals: readonly ModelState[] = []): void {
    const leadsTo = (child: ModelState): readonly ModelState[] =>
      goals.filter((goal) => goal === child || this.#tree.isInside(goal, child));
    if (state.kind === 'parallel') {
      for (const region of state.children) this.enter(live, region, leadsTo(region));
      return;
    }
    const child = state.children.find((one) => leadsTo(one).length > 0) ?? state.children[0];
    if (child !== undefined) this.enter(live, child, leadsTo(child));
  }

  /** Answers whether the state is entered: a region may be left out. */
  #come(live: ReferenceCase, state: ModelState): boolean {
    if (state.when?.holds(askedIn(live, state)) === false) return false;
    this.#reopenAround(live, state);
    const visit = (live.visits.get(state.id) ?? 0) + 1;
    live.visits.set(state.id, visit);
    live.active.add(state);
    live.stays.set(state.id, { visit, answered: false, calledOff: false });
    act(live, state, state.entry);
    if (state.decision !== undefined) {
      live.data = state.decision.apply(live.data);
      complete(live, state);
      changeStay(live, state, { ended: { how: 'done', outcome: '', outcomes: new Map() } });
    } else if (state.forEach !== undefined) {
      changeStay(live, state, { items: itemsOf(state.forEach.in.size(live.data)) });
    } else if (WORK.includes(state.kind)) {
      live.effects.push(`${state.kind} ${state.id}#${String(visit)}`);
    }
    if (state.kind === 'final') this.#end(live, state);
    return true;
  }

  /** A region begins that had been left out: what has joined without it has not any more. */
  #reopenAround(live: ReferenceCase, region: ModelState): void {
    if (region.when === undefined || live.stays.has(region.id)) return;
    const parallel = this.#tree.parentOf(region);
    if (parallel === undefined) return;
    if (live.stays.get(parallel.id)?.ended?.how === 'joined') reopen(live, parallel);
  }

  #end(live: ReferenceCase, state: ModelState): void {
    const group = this.#tree.parentOf(state) ?? this.#tree.root;
    if (group === this.#tree.root) {
      live.outcome = state.outcome;
      return;
    }
    const ended = { how: 'inside', outcome: state.outcome, outcomes: new Map() } as const;
    changeStay(live, group, { ended, answered: false });
    complete(live, group);
  }

  #leave(live: ReferenceCase, state: ModelState): void {
    // Only now is it known what a place to be came to.
    if (state.kind === 'plain') complete(live, state);
    act(live, state, state.exit);
    this.#callOffWork(live, state);
    if (state.kind === 'final') this.#hasNotEnded(live, state);
    this.dropUndoList(live, state.id);
    live.active.delete(state);
    live.stays.delete(state.id);
  }

  /** What has ended with a final state has not, once that is left. */
  #hasNotEnded(live: ReferenceCase, state: ModelState): void {
    const [group, outer] = this.#tree.around(state);
    if (group !== undefined) reopen(live, group);
    if (outer?.kind === 'parallel') reopen(live, outer);
  }

  #callOffWork(live: ReferenceCase, state: ModelState): void {
    const stay = stayIn(live, state);
    const at = `${state.id}#${String(stay.visit)}`;
    live.effects.push(...stopsOf(state, stay).map((stop) => `stop ${at}${stop}`));
    const isOpen = WORK.includes(state.kind) && stay.ended === undefined;
    if (!isOpen || !outlives(state)) return;
    const left = stay.items?.open.map((item) => ({ item })) ?? [{}];
    const visits = left.map((one) => ({
      ...{ state: state.id, visit: stay.visit, order: 0 },
      ...one,
    }));
    live.running = [...live.running, ...visits];
  }

  /** What was still to be taken back where another way is gone is, with nobody waiting for it. */
  dropUndoList(live: ReferenceCase, id: string): void {
    const list = live.undoing.get(id);
    if (list === undefined || id === '') return;
    live.undoing.delete(id);
    live.late.push(...list.entries.slice(list.current === undefined ? 0 : 1));
  }
}

/** Tells whether its work may succeed after it was left, and is taken back then. */
export function outlives({ kind, undo }: ModelState): boolean {
  return kind === 'run' || (kind === 'call' && undo !== undefined);
}

/** What is called off of a stay: its items, its work or, where only they are there, its timers. */
function stopsOf({ kind, after }: ModelState, { ended, items, timers }: Stay): readonly string[] {
  if (items !== undefined) {
    return [...items.open.map((item) => `${itemText(item)} (${kind})`), ' (none)'];
  }
  if (kind === 'wait' || (WORK.includes(kind) && ended === undefined)) return [` (${kind})`];
  return kind === 'ask' || (after.length > 0 && timers !== undefined) ? [' (none)'] : [];
}
