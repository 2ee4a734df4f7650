/**
 * A second, small interpreter of the language's states, written from its description alone: what
 * the kernel does by a statechart library is held against it. Its words for effects are short ones.
 */
import type { ModelRule, ModelState, ModelTarget } from './model-workflow.ts';
import type { Ended, Entry, ReferenceCase } from './reference-case.ts';
import {
  act,
  askedIn,
  changeStay,
  complete,
  copyOf,
  newCase,
  reopen,
  stayIn,
  takeAll,
} from './reference-case.ts';
import { addItem, goOn } from './reference-item-steps.ts';
import { nextStep } from './reference-items.ts';
import { ReferenceMoves } from './reference-moves.ts';
import { Refused } from './refused.ts';
import { StateTree } from './state-tree.ts';

/** Rules that lead on for so long without waiting never come to rest. */
const ENDLESS = 1_000;

/** Something that happens next in a state: a rule is taken, or what it does of itself. */
interface Choice {
  readonly state: ModelState;
  readonly rule?: ModelRule;
  /** The rule answers the end of the state's work. */
  readonly answers: boolean;
  /** What happens of itself, by a name that is the same for the same. */
  readonly itself?: {
    readonly name: string;
    readonly act: () => void;
    /** The state is complete, also where a rule leaves it in the same turn: that counts first. */
    readonly completes?: true;
  };
  /** Everything inside of this state is left. */
  readonly leaves?: ModelState;
  /** This region begins only where none leads out of it. */
  readonly begins?: ModelState;
  /** A rule has led into this region, which is left out. */
  readonly leavesOut?: ModelState;
}

type Signal = ReferenceCase['emitted'][number];

export class ReferenceInterpreter {
  readonly tree: StateTree;
  readonly #moves: ReferenceMoves;

  constructor(root: ModelState) {
    this.tree = new StateTree(root);
    this.#moves = new ReferenceMoves(this.tree);
  }

  /** Begins a case: in the first state. */
  begin(): ReferenceCase {
    const made = newCase(this.tree.sets);
    this.#moves.enter(made, this.tree.root);
    this.rest(made);
    return made;
  }

  copy(live: ReferenceCase): ReferenceCase {
    return copyOf(live, this.tree.inOrder(live.active));
  }

  /** Takes the first of some rules that holds, if one does, and what follows from it. */
  take(
    live: ReferenceCase,
    state: ModelState,
    rules: readonly ModelRule[],
    answers = false,
  ): boolean {
    const choice = this.#first(live, state, rules, answers);
    if (choice !== undefined) this.#carryOut(live, [choice]);
    this.rest(live);
    return choice !== undefined;
  }

  /** A message is heard in every region, in each by the innermost state that has a rule for it. */
  hear(live: ReferenceCase, key: string): void {
    const found = this.#hearing(live, this.tree.root, ({ hears }) =>
      hears.filter((one) => one.key(live.data) === key).flatMap(({ rules }) => rules),
    );
    const heard = this.#withoutConflicts(live, found);
    if (heard.length > 0) this.#carryOut(live, heard);
    this.rest(live);
  }

  /** Follows the rules that wait for nothing, until none holds. */
  rest(live: ReferenceCase): void {
    for (let steps = 0; !live.undoing.has('') && live.outcome === undefined; steps += 1) {
      if (steps > ENDLESS) throw new Refused('endless');
      const unasked = this.#withoutConflicts(live, this.#choices(live));
      // A signal is heard after what follows without any.
      const signal = unasked.length > 0 ? undefined : live.emitted.shift();
      if (unasked.length === 0 && signal === undefined) return;
      const heard = signal === undefined ? [] : this.#signalled(live, signal);
      const choices = signal === undefined ? unasked : this.#withoutConflicts(live, heard);
      this.#carryOut(live, choices);
    }
    // Whoever could have heard them is not there any more.
    live.emitted = [];
  }

  /** Leaves a state for another by hand, within a state around both, and follows what comes of it. */
  lead(live: ReferenceCase, state: ModelState, to: ModelState, within: ModelState): void {
    const rule = { to: { text: to.id, id: to.id }, reenter: true };
    this.#carryOut(live, [{ state, rule, answers: false, leaves: within }]);
    this.rest(live);
  }

  /** Enters a state as an undo list does that is over, within a region or the whole case. */
  arriveAt(live: ReferenceCase, target: ModelTarget, within: string): void {
    this.#moves.enterTarget(live, target, this.tree.get(within));
    this.rest(live);
  }

  /** Leaves every state, for the undo list. */
  leaveAll(live: ReferenceCase): void {
    this.#moves.leaveAll(live, this.#inside(live, this.tree.root));
  }

  /** In each region the innermost state with a rule that holds. */
  #hearing(
    live: ReferenceCase,
    state: ModelState,
    rulesOf: (state: ModelState) => readonly ModelRule[],
  ): readonly Choice[] {
    const inside = state.children
      .filter((child) => live.active.has(child))
      .flatMap((child) => this.#hearing(live, child, rulesOf));
    if (inside.length > 0 || stayIn(live, state).calledOff) return inside;
    const choice = this.#first(live, state, rulesOf(state));
    return choice === undefined ? [] : [choice];
  }

  /**
   * For each innermost state the first rule that holds, looking from the inside out. Those that were
   * entered in this step come last.
   */
  #choices(live: ReferenceCase): readonly Choice[] {
    const found = new Map<unknown, Choice>();
    for (const region of live.leftOut) {
      found.set(region, { state: region, answers: false, leavesOut: region });
    }
    for (const state of live.active) {
      if (!this.#isLookedAt(live, state)) continue;
      for (const holder of [state, ...this.tree.around(state)]) {
        const choice = this.#unasked(live, holder);
        if (choice === undefined) continue;
        found.set(choice.rule ?? choice.itself?.name ?? choice.begins, choice);
        break;
      }
    }
    return [...found.values()];
  }

  /** A signal is heard as a message is, by the states beside the one that it comes from. */
  #signalled(live: ReferenceCase, { name, from }: Signal): readonly Choice[] {
    return this.#hearing(live, this.tree.root, (state) =>
      this.tree.areBeside(from, state) ? (state.signals[name] ?? []) : [],
    );
  }

  /** An innermost state, or a parallel with a region that was left out before: that is over as it is. */
  #isLookedAt(live: ReferenceCase, { kind, children }: ModelState): boolean {
    const inside = children.filter((child) => live.active.has(child) || live.leftOut.has(child));
    return inside.length === 0 || (kind === 'parallel' && inside.length < children.length);
  }

  /** What happens in a state now without any event. */
  #unasked(live: ReferenceCase, state: ModelState): Choice | undefined {
    if (state === this.tree.root) return undefined;
    const { ended, answered } = stayIn(live, state);
    const itself =
      this.#beginning(live, state) ?? this.#joining(live, state) ?? this.#nextItem(live, state);
    if (itself !== undefined) return itself;
    if (ended !== undefined && !answered) {
      const choice = this.#first(live, state, answersTo(state, ended), true);
      if (choice !== undefined) return choice;
    }
    return this.#first(live, state, state.next) ?? this.#callingOff(live, state);
  }

  /** A region that the case has been led into without any state in it begins. */
  #beginning(live: ReferenceCase, state: ModelState): Choice | undefined {
    if (!this.tree.isRegion(state) || stayIn(live, state).calledOff) return undefined;
    const isEmpty = !state.children.some((child) => live.active.has(child));
    if (!isEmpty || live.undoing.has(state.id)) return undefined;
    return { state, answers: false, begins: state };
  }

  #joining(live: ReferenceCase, state: ModelState): Choice | undefined {
    if (state.kind !== 'parallel' || stayIn(live, state).ended !== undefined) return undefined;
    const over = state.children.filter((region) => {
      return !live.active.has(region) || stayIn(live, region).ended !== undefined;
    });
    if (over.length < state.join) return undefined;
    const outcomes = new Map(
      over.flatMap(({ id, name }): [string, string][] => {
        const outcome = live.stays.get(id)?.ended?.outcome ?? '';
        return outcome === '' ? [] : [[name, outcome]];
      }),
    );
    const act = (): void => {
      const ended = { how: 'joined', outcome: '', outcomes } as const;
      if (live.stays.has(state.id)) changeStay(live, state, { ended, answered: false });
      complete(live, state);
    };
    return { state, answers: false, itself: { name: `join ${state.id}`, act, completes: true } };
  }

  /** A region that is still under way when enough others have finished. */
  #callingOff(live: ReferenceCase, region: ModelState): Choice | undefined {
    const parallel = this.tree.parentOf(region);
    if (parallel?.kind !== 'parallel' || stayIn(live, parallel).ended === undefined)
      return undefined;
    const { ended, calledOff } = stayIn(live, region);
    if (ended !== undefined || calledOff) return undefined;
    const act = (): void => {
      this.#moves.callOff(live, region);
    };
    return {
      state: region,
      answers: false,
      itself: { name: `call off ${region.id}`, act },
      leaves: region,
    };
  }

  #nextItem(live: ReferenceCase, state: ModelState): Choice | undefined {
    const { items, ended } = stayIn(live, state);
    if (state.forEach === undefined || items === undefined || ended !== undefined) return undefined;
    const { until } = state.forEach;
    const step = nextStep(state.forEach, items, () => until?.holds(askedIn(live, state)) === true);
    if (step === undefined) return undefined;
    const act = (): void => {
      goOn(live, state, step);
    };
    return { state, answers: false, itself: { name: `items ${state.id}`, act } };
  }

  #first(
    live: ReferenceCase,
    state: ModelState,
    rules: readonly ModelRule[],
    answers = false,
  ): Choice | undefined {
    const asked = askedIn(live, state);
    const rule = rules.find(({ when }) => when?.holds(asked) ?? true);
    if (rule === undefined) return undefined;
    const leaves = this.#domain(state, rule);
    return { state, rule, answers, ...(leaves && { leaves }) };
  }

  /** The innermost state that a rule stays within. */
  #domain(state: ModelState, { to, undo, reenter }: ModelRule): ModelState | undefined {
    if (to === undefined) return undefined;
    const target = this.tree.get(to.id);
    if (undo !== undefined) return this.#undoneIn(state, target, undo.text);
    const from = reenter ? this.tree.around(state) : [state, ...this.tree.around(state)];
    return from.find((outer) => this.tree.isInside(target, outer)) ?? this.tree.root;
  }

  /** Where a case is undone: in the region that the rule stays in, unless all is taken back. */
  #undoneIn(state: ModelState, target: ModelState, scope: string): ModelState {
    const region = scope === 'all' ? undefined : this.tree.regionOf(state, target);
    return region ?? this.tree.root;
  }

  /** Of two rules that leave the same state the inner one is taken, else the earlier one. */
  #withoutConflicts(live: ReferenceCase, choices: readonly Choice[]): readonly Choice[] {
    let kept: readonly Choice[] = [];
    for (const choice of choices) {
      const touched = this.#touched(live, choice);
      const rivals = kept.filter((other) =>
        [...this.#touched(live, other)].some((state) => touched.has(state)),
      );
      const yields = rivals.some((other) => !this.tree.isInside(choice.state, other.state));
      if (!yields) kept = [...kept.filter((other) => !rivals.includes(other)), choice];
    }
    return kept;
  }

  #touched(live: ReferenceCase, choice: Choice): ReadonlySet<ModelState> {
    const itself = choice.begins ?? choice.leavesOut;
    if (itself !== undefined) return new Set([itself]);
    const { leaves } = choice;
    if (leaves === undefined) return new Set();
    const leftOut = [...live.leftOut].filter((region) => this.tree.isInside(region, leaves));
    // A region that takes back is in a place of its own, which is left too.
    const undoing = live.undoing.has(leaves.id) ? [leaves] : [];
    return new Set([...this.#left(live, choice), ...leftOut, ...undoing]);
  }

  #left(live: ReferenceCase, { leaves }: Choice): ReadonlySet<ModelState> {
    return leaves === undefined ? new Set() : this.#inside(live, leaves);
  }

  #inside(live: ReferenceCase, outer: ModelState): ReadonlySet<ModelState> {
    return new Set([...live.active].filter((state) => this.tree.isInside(state, outer)));
  }

  #carryOut(live: ReferenceCase, choices: readonly Choice[]): void {
    for (const { state, answers } of choices) {
      if (answers) live.answered.add(`${state.id}#${String(live.visits.get(state.id) ?? 0)}`);
    }
    const left = new Set(choices.flatMap((choice) => [...this.#left(live, choice)]));
    live.leftOut.clear();
    this.#moves.leaveAll(live, left);
    const completing = choices.filter(({ itself }) => itself?.completes);
    for (const { itself } of completing) itself?.act();
    for (const choice of choices) if (!completing.includes(choice)) this.#act(live, choice);
    const arriving = new Map(choices.flatMap((choice) => this.#arrival(live, choice)));
    for (const target of this.tree.inOrder(arriving.keys())) arriving.get(target)?.();
  }

  /** The state that a choice leads to, and how it is entered. */
  #arrival(
    live: ReferenceCase,
    { rule, leaves = this.tree.root, begins }: Choice,
  ): readonly (readonly [ModelState, () => void])[] {
    const [first] = begins?.children ?? [];
    if (begins !== undefined && first !== undefined) {
      return [
        [
          first,
          () => {
            this.#moves.enterInside(live, begins);
          },
        ],
      ];
    }
    const to = rule?.undo === undefined ? rule?.to : undefined;
    if (to === undefined) return [];
    return [
      [
        this.tree.get(to.id),
        () => {
          this.#moves.enterTarget(live, to, leaves);
        },
      ],
    ];
  }

  #act(live: ReferenceCase, { state, rule, answers, itself, leaves }: Choice): void {
    // What has been left does nothing of itself any more.
    if (live.stays.has(state.id)) itself?.act();
    act(live, state, rule);
    if (rule?.add !== undefined) addItem(live, state, rule.add);
    if (rule !== undefined) this.#lead(live, rule, leaves?.id ?? '');
    if (answers) this.#answered(live, state);
  }

  /** A region that is led away takes back what is asked now; what it took back, nobody waits for. */
  #lead(live: ReferenceCase, { undo, to }: ModelRule, region: string): void {
    if (to === undefined) return;
    this.#moves.dropUndoList(live, region);
    if (undo === undefined) return;
    live.undoing.set(region, { entries: this.#takenBack(live, undo.id), to });
  }

  /** What was completed in a state, latest first; of the whole case, also what a region left over. */
  #takenBack(live: ReferenceCase, scope: string): readonly Entry[] {
    if (scope === '') return takeAll(live, this.tree.root);
    const outer = this.tree.get(scope);
    const isTaken = (id: string): boolean =>
      id === scope || this.tree.isInside(this.tree.get(id), outer);
    const entries = live.ledger.filter(({ state }) => isTaken(state)).toReversed();
    live.ledger = live.ledger.filter(({ state }) => !isTaken(state));
    return entries;
  }

  /** Work is answered once; what lies inside a state can end again. */
  #answered(live: ReferenceCase, state: ModelState): void {
    const stay = live.stays.get(state.id);
    if (stay?.ended === undefined) return;
    if (stay.ended.how === 'inside') reopen(live, state);
    else changeStay(live, state, { answered: true });
  }
}

function answersTo(state: ModelState, ended: Ended): readonly ModelRule[] {
  if (ended.how === 'failed') return state.failed;
  if (state.forEach !== undefined) return state.done;
  if (state.kind === 'task' || state.kind === 'ask') return [];
  const outcomes = ended.how === 'joined' ? [...ended.outcomes.values()] : [ended.outcome];
  const handled = Object.entries(state.on).filter(([name]) => outcomes.includes(name));
  return handled.length > 0 ? handled.flatMap(([, rules]) => rules) : state.done;
}
