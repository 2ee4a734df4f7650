/**
 * A second, small interpreter of the language's states, written from its description alone: what
 * the kernel does by a statechart library is held against it. Its words for effects are short ones.
 */
import type { ModelRule, ModelState } from './model-workflow.ts';
import type { ReferenceCase, Stay } from './reference-case.ts';
import { newCase } from './reference-case.ts';
import { StateTree } from './state-tree.ts';

/** What can happen to a case of the reference. */
export type ReferenceEvent =
  | {
      readonly kind: 'outcome';
      readonly state: string;
      readonly outcome: string;
      readonly data: { readonly count?: number; readonly flag?: boolean };
    }
  | {
      readonly kind: 'done';
      readonly state: string;
      readonly result: { readonly id?: string };
      readonly outcome?: string;
    }
  | { readonly kind: 'failed' | 'message'; readonly state: string }
  | { readonly kind: 'timer'; readonly state: string; readonly timer: number };

/** A step that the language refuses. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Rules that lead on for so long without waiting never come to rest. */
const ENDLESS = 1_000;

/** A rule that is to be taken, in the state that it belongs to. */
interface Choice {
  readonly state: ModelState;
  readonly rule: ModelRule;
  /** It answers the end of the state's work. */
  readonly answers: boolean;
}

const WORK = ['task', 'ask', 'call', 'run', 'wait'];

export class ReferenceInterpreter {
  readonly tree: StateTree;
  readonly #root: ModelState;

  constructor(root: ModelState) {
    this.#root = root;
    this.tree = new StateTree(root);
  }

  /** Begins a case: in the first state. */
  begin(): ReferenceCase {
    const made = newCase();
    made.active.add(this.#root);
    this.#enterInside(made, this.#root);
    this.#comeToRest(made);
    return made;
  }

  /** Takes the rules that an event leads to, and those that follow from it. */
  take(live: ReferenceCase, event: ReferenceEvent): void {
    const state = this.tree.get(event.state);
    const before = live.visits.get(event.state);
    this.#takeIn(live, state, event);
    const addressed = this.#addressed(live, state, event);
    if (addressed !== undefined) this.#carryOut(live, [addressed]);
    this.#comeToRest(live);
    const visit = live.visits.get(event.state);
    if (visit !== before || live.answered.has(`${event.state}#${visit ?? 0}`)) return;
    if (event.kind === 'outcome') throw new Refused('unknown-outcome');
    if (event.kind === 'failed') throw new Refused('unhandled');
  }

  /** The rule that holds of those for what a person chose, or for a timer. */
  #addressed(live: ReferenceCase, state: ModelState, event: ReferenceEvent): Choice | undefined {
    if (event.kind === 'outcome') {
      return this.#first(live, state, state.on[event.outcome] ?? [], true);
    }
    if (event.kind !== 'timer') return undefined;
    return this.#first(live, state, state.after[event.timer]?.rules ?? [], false);
  }

  /** Reads again what waits for nothing, as every step does. */
  rest(live: ReferenceCase): void {
    this.#comeToRest(live);
  }

  /** Enters a state from nowhere, as an undo list does that is over. */
  arriveAt(live: ReferenceCase, id: string): void {
    this.#enter(live, this.tree.get(id), this.#root);
    this.#comeToRest(live);
  }

  /** Leaves every state, for the undo list. */
  leaveAll(live: ReferenceCase): void {
    for (const state of this.tree.inOrder(live.active).toReversed()) {
      if (state !== this.#root) this.#leave(live, state);
    }
  }

  #takeIn(live: ReferenceCase, state: ModelState, event: ReferenceEvent): void {
    const stay = this.#stay(live, state);
    const end = (how: 'done' | 'failed', outcome = ''): void => {
      live.stays.set(state.id, { ...stay, ended: { how, outcome }, answered: false });
    };
    switch (event.kind) {
      case 'timer':
        live.stays.set(state.id, {
          ...stay,
          timers: stay.timers.filter((timer) => timer !== event.timer),
        });
        return;
      case 'outcome':
        live.data = { ...live.data, ...event.data };
        end('done');
        return;
      case 'failed':
      case 'message':
        end(event.kind === 'failed' ? 'failed' : 'done');
        return;
      default: {
        end('done', event.outcome);
        const { visit } = stay;
        const { id } = event.result;
        if (state.kind === 'run') live.ledger = [...live.ledger, { state: state.id, visit }];
        else if (id !== undefined) {
          live.data = { ...live.data, id };
          if (state.hasUndo) live.ledger = [...live.ledger, { state: state.id, visit, taken: id }];
        }
      }
    }
  }

  /** Follows the rules that wait for nothing, until none holds. */
  #comeToRest(live: ReferenceCase): void {
    for (let steps = 0; live.undoing === undefined && live.outcome === undefined; steps += 1) {
      if (steps > ENDLESS) throw new Refused('endless');
      const choices = this.#withoutConflicts(live, this.#choices(live));
      if (choices.length > 0) this.#carryOut(live, choices);
      else if (!this.#noteJoins(live)) return;
    }
  }

  /**
   * For each innermost state the first rule that holds, looking from the inside out. Those that were
   * entered in this step come last.
   */
  #choices(live: ReferenceCase): readonly Choice[] {
    const found = new Map<ModelRule, Choice>();
    for (const state of live.active) {
      const isInnermost = !state.children.some((child) => live.active.has(child));
      if (!isInnermost) continue;
      for (const holder of [state, ...this.tree.around(state)]) {
        const choice = this.#unasked(live, holder);
        if (choice === undefined) continue;
        found.set(choice.rule, choice);
        break;
      }
    }
    return [...found.values()];
  }

  /** The rule of a state that holds now without any event. */
  #unasked(live: ReferenceCase, state: ModelState): Choice | undefined {
    const stay = live.stays.get(state.id);
    const { ended, answered } = stay ?? {};
    if (ended !== undefined && answered === false) {
      const choice = this.#first(live, state, this.#answersTo(state, ended), true);
      if (choice !== undefined) return choice;
    }
    return this.#first(live, state, state.next, false);
  }

  #answersTo(state: ModelState, ended: NonNullable<Stay['ended']>): readonly ModelRule[] {
    if (ended.how === 'failed') return state.failed;
    if (state.kind === 'task' || state.kind === 'ask') return [];
    return state.on[ended.outcome] ?? state.done;
  }

  #first(
    live: ReferenceCase,
    state: ModelState,
    rules: readonly ModelRule[],
    answers: boolean,
  ): Choice | undefined {
    const rule = rules.find(({ when }) => when?.holds(live.data) ?? true);
    return rule && { state, rule, answers };
  }

  /** Of two rules that leave the same state the inner one is taken, else the earlier one. */
  #withoutConflicts(live: ReferenceCase, choices: readonly Choice[]): readonly Choice[] {
    let kept: readonly Choice[] = [];
    for (const choice of choices) {
      const rivals = kept.filter((other) => this.#meets(live, choice, other));
      const yields = rivals.some((other) => !this.tree.isInside(choice.state, other.state));
      if (!yields) kept = [...kept.filter((other) => !rivals.includes(other)), choice];
    }
    return kept;
  }

  #meets(live: ReferenceCase, one: Choice, other: Choice): boolean {
    const left = this.#left(live, one);
    return this.#left(live, other).some((state) => left.includes(state));
  }

  /** The states that a rule leaves: everything inside the innermost state that it stays within. */
  #left(live: ReferenceCase, choice: Choice): readonly ModelState[] {
    const within = this.#domain(choice);
    if (within === undefined) return [];
    return [...live.active].filter((state) => this.tree.isInside(state, within));
  }

  #domain({ state, rule }: Choice): ModelState | undefined {
    if (rule.to === undefined) return undefined;
    return rule.undoes ? this.#root : this.#within(state, this.tree.get(rule.to.id));
  }

  /** The innermost state that a way from one state to another stays within. */
  #within(from: ModelState, to: ModelState): ModelState {
    const outer = [from, ...this.tree.around(from)].find((state) => this.tree.isInside(to, state));
    return outer ?? this.#root;
  }

  #carryOut(live: ReferenceCase, choices: readonly Choice[]): void {
    for (const { state, answers } of choices) {
      if (answers) live.answered.add(`${state.id}#${live.visits.get(state.id) ?? 0}`);
    }
    const left = new Set(choices.flatMap((choice) => this.#left(live, choice)));
    for (const state of this.tree.inOrder(left).toReversed()) this.#leave(live, state);
    for (const choice of choices) this.#act(live, choice);
    const ways = new Map<ModelState, ModelState>();
    for (const { state, rule } of choices) {
      if (rule.to === undefined || rule.undoes) continue;
      const target = this.tree.get(rule.to.id);
      ways.set(target, this.#within(state, target));
    }
    for (const target of this.tree.inOrder(ways.keys())) {
      this.#enter(live, target, ways.get(target) ?? this.#root);
    }
  }

  #act(live: ReferenceCase, { state, rule, answers }: Choice): void {
    if (rule.set !== undefined) live.data = rule.set.apply(live.data);
    if (rule.undoes && rule.to !== undefined) {
      live.undoing = { entries: live.ledger.toReversed(), to: rule.to.id };
      live.ledger = [];
    }
    if (answers) this.#answered(live, state);
  }

  /** Work is answered once; what lies inside a state can end again. */
  #answered(live: ReferenceCase, state: ModelState): void {
    const stay = live.stays.get(state.id);
    if (stay?.ended === undefined) return;
    const { ended, ...rest } = stay;
    live.stays.set(
      state.id,
      ended.how === 'inside' ? { ...rest, answered: false } : { ...stay, answered: true },
    );
  }

  /** Enters a target with what lies around it, up to a state that the case is in. */
  #enter(live: ReferenceCase, target: ModelState, within: ModelState): void {
    const path = [target, ...this.tree.around(target)];
    const way = path.slice(0, path.indexOf(within)).toReversed();
    if (within.kind === 'parallel') this.#enterRegions(live, within, way);
    else this.#enterBy(live, way);
  }

  /** All regions at once, one of them towards a target. */
  #enterRegions(live: ReferenceCase, parallel: ModelState, way: readonly ModelState[]): void {
    for (const region of parallel.children) {
      this.#enterBy(live, region === way[0] ? way : [region]);
    }
  }

  #enterBy(live: ReferenceCase, [state, ...rest]: readonly ModelState[]): void {
    if (state === undefined) return;
    this.#come(live, state);
    const [towards] = rest;
    if (towards === undefined) this.#enterInside(live, state);
    else if (state.kind === 'parallel') this.#enterRegions(live, state, rest);
    else this.#enterBy(live, rest);
  }

  #enterInside(live: ReferenceCase, state: ModelState): void {
    const begun = state.kind === 'parallel' ? state.children : state.children.slice(0, 1);
    for (const child of begun) this.#enterBy(live, [child]);
  }

  #come(live: ReferenceCase, state: ModelState): void {
    const visit = (live.visits.get(state.id) ?? 0) + 1;
    live.visits.set(state.id, visit);
    live.active.add(state);
    const timers = state.after.map((_timer, index) => index);
    live.stays.set(state.id, { visit, answered: false, joined: false, timers });
    if (state.entry !== undefined) live.data = state.entry.apply(live.data);
    const at = `${state.id}#${visit}`;
    if (WORK.includes(state.kind)) live.effects.push(`${state.kind} ${at}`);
    for (const timer of timers) live.effects.push(`timer ${at} ${timer}`);
    if (state.kind === 'final') this.#end(live, state);
  }

  #end(live: ReferenceCase, state: ModelState): void {
    const group = this.tree.parentOf(state) ?? this.#root;
    if (group === this.#root) {
      live.outcome = state.outcome;
      return;
    }
    const stay = this.#stay(live, group);
    const ended = { how: 'inside', outcome: state.outcome } as const;
    live.stays.set(group.id, { ...stay, ended, answered: false });
  }

  #leave(live: ReferenceCase, state: ModelState): void {
    const { visit, ended } = this.#stay(live, state);
    if (state.exit !== undefined) live.data = state.exit.apply(live.data);
    const isOpen = WORK.includes(state.kind) && ended === undefined;
    const hasMore = state.after.length > 0 || state.kind === 'ask' || state.kind === 'wait';
    if (isOpen || hasMore) {
      const work = isOpen || state.kind === 'wait' ? state.kind : 'none';
      live.effects.push(`stop ${state.id}#${visit} (${work})`);
    }
    if (isOpen && (state.kind === 'run' || state.hasUndo)) {
      live.running = [...live.running, { state: state.id, visit }];
    }
    live.active.delete(state);
    live.stays.delete(state.id);
  }

  /** Notes the parallels of which every region has ended; tells whether there was one. */
  #noteJoins(live: ReferenceCase): boolean {
    let any = false;
    for (const state of this.tree.inOrder(live.active)) {
      if (state.kind !== 'parallel') continue;
      const stay = this.#stay(live, state);
      const isOver = state.children.every((region) => this.#isOver(live, region));
      if (isOver && !stay.joined) {
        const ended = { how: 'inside', outcome: '' } as const;
        live.stays.set(state.id, { ...stay, ended, answered: false, joined: true });
        any = true;
      } else if (!isOver && stay.joined) live.stays.set(state.id, { ...stay, joined: false });
    }
    return any;
  }

  #isOver(live: ReferenceCase, region: ModelState): boolean {
    return region.children.some((child) => child.kind === 'final' && live.active.has(child));
  }

  #stay(live: ReferenceCase, state: ModelState): Stay {
    const stay = live.stays.get(state.id);
    if (stay === undefined) throw new Error(`The case is not in "${state.id}".`);
    return stay;
  }
}
