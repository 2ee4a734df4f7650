import type { State } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import type { Workflow } from '../definition/workflow.ts';
import { Arrivals } from './arrivals.ts';
import type { Choice } from './choices.ts';
import { choicesOf, isOutside, placesBefore, takeable, whenCompleted } from './choices.ts';
import { DataChanges } from './data-changes.ts';
import { FactReader } from './fact-reader.ts';
import type { Filled } from './filled-fields.ts';
import { FieldSpace, covers, meet, union, without } from './filled-fields.ts';
import type { Known } from './inside-facts.ts';
import { presentAfterInside, presentInside } from './inside-facts.ts';
import { ItemEnds } from './item-ends.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import type { Leaving } from './leaving.ts';
import { presentAfterLeaving } from './leaving.ts';
import type { Move } from './moves.ts';
import { moveOf } from './moves.ts';
import type { Writes } from './regions.ts';
import { writesOfRegions, writtenOutside } from './regions.ts';
import type { WorkflowScopes } from './scopes.ts';
import { StateWork, variablesOf } from './state-work.ts';
import { childrenOf, firstInside, withinState } from './statechart.ts';
import type { Statechart } from './statechart.ts';
import { TrackedFacts } from './tracked-facts.ts';
import type { Variables } from './variables.ts';

const NOTHING: Filled = new Set();

/** One rule on the point of being taken. */
interface Taking extends Leaving {
  readonly rule: Transition;
  /** Tells this rule from all others. */
  readonly way: string;
  readonly variables: Variables;
}

/**
 * Finds what is present on entry to every state: the greatest solution over all ways in, begun with
 * "not known to be reached" and lowered until nothing changes.
 */
export class PresenceSearch implements Known {
  readonly reader = new FactReader();
  readonly #tracked = new TrackedFacts();
  /** Ways into states that then begin with what is first inside them. */
  readonly entries = new Arrivals(this.#tracked.make());
  /** Ways through states, to a target inside them. */
  readonly #passes = new Arrivals(this.#tracked.make());
  readonly #workflow: Workflow;
  readonly #chart: Statechart;
  readonly #scopes: WorkflowScopes;
  readonly #space: FieldSpace;
  readonly #changes: DataChanges;
  readonly #work: StateWork;
  readonly #writes: ReadonlyMap<string, Writes>;
  readonly #items: ItemEnds;
  readonly #here = this.#tracked.make();
  readonly #queued = this.#tracked.make();
  readonly #outside = new Map<string, readonly string[]>();
  readonly #leftOut = this.#tracked.make();
  /** What is present when some item of a state's `forEach` has ended. */
  readonly #afterItem = new Map<string, Filled>();
  /** What a rule without a target may empty while a case stays in a state. */
  readonly #unsettled = this.#tracked.make();
  #isNews = false;

  constructor(workflow: Workflow, chart: Statechart, scopes: WorkflowScopes) {
    this.#workflow = workflow;
    this.#chart = chart;
    this.#scopes = scopes;
    this.#space = new FieldSpace(workflow.data);
    this.#changes = new DataChanges(this.#space, this.reader);
    this.#work = new StateWork(workflow, scopes, this.#changes, this.reader);
    this.#writes = writesOfRegions(workflow, chart);
    this.#items = new ItemEnds({
      forms: new Map(workflow.forms.map((form) => [form.name, form])),
      scopes,
      changes: this.#changes,
      reader: this.reader,
    });
  }

  run(): void {
    this.#start();
    while (this.#sweep());
  }

  isReached(state: string): boolean {
    return (this.entries.presentIn(state) ?? this.#passes.presentIn(state)) !== undefined;
  }

  here(state: State): Filled | undefined {
    const filled = this.#here.get(state.id);
    return filled && without(filled, this.#unsettledAround(state));
  }

  queued(state: State): Filled | undefined {
    const filled = this.#queued.get(state.id);
    return filled && without(filled, this.#unsettledAround(state));
  }

  exited(state: State, filled: Filled): Filled {
    if (state.kind === 'plain') this.#work.completed(state, filled);
    return this.#changes.acted(filled, state.exit, this.#scopes.case, state.id);
  }

  writesOf(parallel: State): Writes {
    return this.#writes.get(parallel.id) ?? new Map<string, readonly string[]>();
  }

  leftOut(region: State): Filled | undefined {
    return this.#leftOut.get(region.id);
  }

  /** Goes over all states once; tells whether anything new was found. */
  #sweep(): boolean {
    this.#isNews = false;
    for (const state of this.#chart.states.values()) {
      this.#tracked.unlessSame(state.id, () => {
        this.#visit(state);
      });
    }
    return this.#isNews;
  }

  #visit(state: State): void {
    const entered = this.entries.presentIn(state.id);
    if (entered !== undefined) this.#enter(state, entered);
    const here = this.here(state);
    if (here !== undefined) this.#work.readRungs(state, here);
    this.#endItems(state);
    for (const choice of choicesOf(state)) {
      // An outcome ends one item, and the state goes on.
      if (choice.moment.kind !== 'outcome' || forEachOf(state) === undefined) {
        this.#choose(choice);
      }
      if (isOutside(choice)) this.#choose(choice, this.queued(state));
    }
    const meanwhile = presentInside(state, this, 'anywhere');
    if (meanwhile !== undefined) this.#work.meanwhile(state, meanwhile);
    const queued = this.queued(state);
    if (queued !== undefined) this.#work.meanwhile(state, queued);
    const whenOver = whenCompleted(state);
    const atEnd = whenOver && presentInside(state, this, whenOver);
    if (atEnd !== undefined) this.#work.completed(state, atEnd);
  }

  #start(): void {
    const { starts, data, forms, root } = this.#workflow;
    for (const start of starts) {
      const form = forms.find(({ name }) => start.kind === 'form' && name === start.form);
      const filled = this.#changes.started(start, data, form, {
        form: form === undefined ? this.#scopes.case : this.#scopes.form(form),
        set: this.#scopes.start(start),
        once: this.#scopes.once(start),
      });
      const from = `the start “${start.name}”`;
      this.#arrive(this.entries, root, start.name, { from, filled });
    }
  }

  #enter(state: State, entered: Filled): void {
    const inside = this.#work.begun(state, this.#entered(state, entered));
    if (this.#here.set(state.id, inside)) this.#isNews = true;
    for (const first of firstInside(state)) {
      this.#arrive(this.entries, first, 'first', { from: state.id, filled: inside });
    }
  }

  #entered(state: State, filled: Filled): Filled {
    const begun = this.#queueUp(state, this.#begunWhen(state, filled));
    return this.#changes.acted(begun, state.entry, this.#scopes.case, state.id);
  }

  /** A region whose `when` does not hold is left out: what is present then is what was before. */
  #begunWhen(state: State, filled: Filled): Filled {
    const { id, when } = state;
    if (when === undefined) return filled;
    const read = this.reader.read(when, this.#scopes.case, filled, id);
    const out = this.#space.only(union(filled, read?.presentWhenFalse ?? []));
    if (this.#leftOut.lower(id, out)) this.#isNews = true;
    return union(filled, read?.presentWhenTrue ?? []);
  }

  /** What is present while a case waits for its turn is what was before anything began. */
  #queueUp(state: State, filled: Filled): Filled {
    const { id, limit } = state;
    if (limit === undefined) return filled;
    if (limit.by !== undefined) this.reader.read(limit.by, this.#scopes.case, filled, id);
    if (this.#queued.lower(id, filled)) this.#isNews = true;
    return filled;
  }

  /** The items of a `forEach` end one by one, and others begin when some have. */
  #endItems(state: State): void {
    const here = forEachOf(state) && this.here(state);
    if (here === undefined) return;
    const after = this.#items.afterOne(state, here);
    this.#afterItem.set(state.id, after);
    this.#stay(state, [], after);
    this.#work.begun(state, meet(after, here));
  }

  /** After what has just happened gave its values. */
  #ended(choice: Choice, inside: Filled): Filled {
    const { state, moment } = choice;
    const forEach = forEachOf(state);
    if (forEach === undefined) return this.#work.ended(choice, inside);
    const after = this.#afterItem.get(state.id) ?? NOTHING;
    if (moment.kind === 'done') return this.#items.done(state, inside, after);
    return moment.kind === 'failed' ? union(inside, this.#items.results(forEach, after)) : inside;
  }

  /** Takes the rules of a choice; `queued` is what is present while the case waits for its turn. */
  #choose(choice: Choice, queued?: Filled): void {
    const inside = queued ?? presentInside(choice.state, this, placesBefore(choice));
    if (inside === undefined) return;
    const isQueued = queued !== undefined;
    const variables = variablesOf(choice, this.#scopes);
    const before = this.#ended(choice, inside);
    const isPressed = choice.moment.kind === 'press';
    const emptied = isPressed ? without(inside, before) : NOTHING;
    let filled = before;
    for (const rule of takeable(choice.rules)) {
      const { when } = rule;
      const guard = when && this.reader.read(when, variables, filled, choice.state.id);
      const taken = union(filled, guard?.presentWhenTrue ?? []);
      const shown = without(taken, isPressed ? inside : before);
      const way = `${rule.path.join('/')}${isQueued ? ' queued' : ''}`;
      this.#take({ choice, rule, way, variables, filled: taken, shown, emptied, isQueued });
      filled = union(filled, guard?.presentWhenFalse ?? []);
    }
  }

  #take(taking: Taking): void {
    const { choice, rule, variables } = taking;
    const source = choice.state;
    const target = rule.to === undefined ? undefined : this.#chart.states.get(rule.to);
    if (target === undefined) {
      const acted = this.#changes.acted(taking.filled, rule, variables, source.id);
      const after = this.#changes.added(acted, rule, forEachOf(source), variables, source.id);
      const emptied = this.#work.emptiedBy(taking.choice);
      this.#stay(source, [...targetsOf(rule), ...emptied], after, taking.isQueued);
      return;
    }
    const move = moveOf(this.#chart, source, target, rule.reenter);
    const outside = presentAfterLeaving(taking, move.left, this);
    if (outside === undefined) return;
    const filled = this.#changes.acted(outside, rule, variables, source.id);
    this.#enterAlong(move, filled, source, taking.way);
    if (rule.history !== undefined) {
      this.#goBack(target, rule.history === 'deep', taking.way, filled);
    }
  }

  #enterAlong({ domain, entered }: Move, filled: Filled, source: State, way: string): void {
    let outer = domain;
    let now = filled;
    for (const state of entered) {
      const arrival = { from: source.id, filled: now };
      // The regions beside the way begin as well, anew where the parallel itself was not left.
      for (const other of outer.kind === 'parallel' ? outer.children : []) {
        if (other !== state) this.#arrive(this.entries, other, way, arrival);
      }
      const isTarget = state === entered.at(-1);
      this.#arrive(isTarget ? this.entries : this.#passes, state, way, arrival);
      if (!isTarget) now = this.#entered(state, now);
      outer = state;
    }
  }

  /** A case goes back to where it was: what was present there still is, but for what others write. */
  #goBack(outer: State, isDeep: boolean, way: string, filled: Filled): void {
    const written = this.#writtenOutside(outer);
    const now = this.#entered(outer, filled);
    for (const child of childrenOf(outer)) {
      const inside = presentAfterInside(child, this, 'anywhere');
      if (inside === undefined) continue;
      const before = [...this.exited(child, inside)].filter(
        (path) => !written.some((target) => covers(target, path)),
      );
      const isFurtherIn = isDeep && childrenOf(child).length > 0;
      const arrival = { from: outer.id, filled: union(now, before) };
      this.#arrive(isFurtherIn ? this.#passes : this.entries, child, way, arrival);
      if (isFurtherIn) this.#goBack(child, isDeep, way, arrival.filled);
    }
  }

  /** What may be written between leaving a state and coming back to it. */
  #writtenOutside(outer: State): readonly string[] {
    const known = this.#outside.get(outer.id);
    if (known !== undefined) return known;
    const written = writtenOutside(outer, this.#workflow, this.#chart);
    this.#outside.set(outer.id, written);
    return written;
  }

  #arrive(
    arrivals: Arrivals,
    state: State,
    way: string,
    { from, filled }: { readonly from: string; readonly filled: Filled },
  ): void {
    const isNews = arrivals.add(state.id, way, { from, filled: this.#space.only(filled) });
    this.#isNews ||= isNews;
  }

  /** Whatever a staying rule does not leave filled may be empty from then on, wherever inside. */
  #stay(state: State, targets: readonly string[], after: Filled, isQueued = false): void {
    // While it waits for its turn, only what a rule writes itself is lost later.
    const inside = isQueued ? undefined : presentInside(state, this, 'anywhere');
    const everywhere = inside ?? NOTHING;
    const lost = withinState(state)
      .flatMap((inner) => [...(this.here(inner) ?? NOTHING)])
      .filter((path) => !after.has(path))
      .filter((path) => everywhere.has(path) || targets.some((target) => covers(target, path)));
    const before = this.#unsettled.get(state.id) ?? NOTHING;
    const now = union(before, lost);
    if (this.#unsettled.set(state.id, now) && now.size > 0) this.#isNews = true;
  }

  #unsettledAround(state: State): Filled {
    return [state, ...this.#chart.ancestorsOf(state.id)]
      .map(({ id }) => this.#unsettled.get(id) ?? NOTHING)
      .reduce((all, lost) => (lost.size === 0 ? all : union(all, lost)), NOTHING);
  }
}

function targetsOf({ set }: Transition): readonly string[] {
  return set.map(({ target }) => target.join('.'));
}
