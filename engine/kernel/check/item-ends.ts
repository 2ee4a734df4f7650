import type { ForEach } from '../definition/work.ts';
import type { Form } from '../definition/form.ts';
import type { State } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import { takeable } from './choices.ts';
import type { DataChanges } from './data-changes.ts';
import type { FactReader } from './fact-reader.ts';
import type { Filled } from './filled-fields.ts';
import { meet, union } from './filled-fields.ts';
import { itemFacts, resultFacts, withItemFacts } from './item-facts.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { formOf, itemOutcomes } from './outcomes.ts';
import type { WorkflowScopes } from './scopes.ts';
import type { Variables } from './variables.ts';

/** What the search knows of the parts of one workflow. */
interface Parts {
  readonly forms: ReadonlyMap<string, Form>;
  readonly scopes: WorkflowScopes;
  readonly changes: DataChanges;
  readonly reader: FactReader;
}

/** What is present while the items of a `forEach` end, one after the other, and when all have. */
export class ItemEnds {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** After some item has ended, however it did; the state goes on. */
  afterOne(state: State, before: Filled): Filled {
    const forEach = forEachOf(state);
    if (forEach === undefined) return before;
    const ends = this.#outcomesOf(state).flatMap((outcome) =>
      this.#ended(state, forEach, outcome, before),
    );
    const after = ends.reduce(meet);
    this.#readUntil(state, forEach, after);
    return after;
  }

  /** When the state is done: `during` holds whatever has ended, `afterOne` of each that has. */
  done(state: State, during: Filled, afterOne: Filled): Filled {
    const forEach = forEachOf(state);
    if (forEach === undefined) return during;
    const isOfAll = forEach.until === undefined && forEach.onItemFailed !== 'skip';
    const ofItems = isOfAll ? itemFacts(forEach, afterOne) : [];
    return union(during, [...ofItems, ...this.results(forEach, afterOne)]);
  }

  /** What `results` tell of those that have ended. */
  results(forEach: ForEach, afterOne: Filled): readonly string[] {
    return forEach.onItemFailed === 'skip' ? [] : resultFacts(forEach, afterOne);
  }

  /** How an item can end; a call in one way alone, and so does a child case without a rule for its outcome. */
  #outcomesOf(state: State): readonly (string | undefined)[] {
    const form = this.#parts.forms.get(formOf(state) ?? '');
    if (form !== undefined) return itemOutcomes(state, form);
    return [undefined, ...state.on.map(({ event }) => event)];
  }

  #ended(
    state: State,
    forEach: ForEach,
    outcome: string | undefined,
    before: Filled,
  ): readonly Filled[] {
    const { scopes } = this.#parts;
    const variables = outcome === undefined ? scopes.work(state) : scopes.outcome(state, outcome);
    const saved = this.#saved(state, outcome, withItemFacts(forEach, before));
    const rules = state.on.find(({ event }) => event === outcome)?.rules ?? [];
    return this.#afterRules(rules, variables, state, saved);
  }

  #saved(state: State, outcome: string | undefined, before: Filled): Filled {
    const { forms, scopes, changes, reader } = this.#parts;
    const form = forms.get(formOf(state) ?? '');
    const answered =
      form === undefined
        ? before
        : changes.answered(before, form, outcome, scopes.form(form), state.id);
    if (!('save' in state)) return answered;
    const forEach = forEachOf(state);
    const inside = forEach === undefined ? answered : withItemFacts(forEach, answered);
    const after = changes.written(inside, state.save, scopes.work(state), state.id);
    const known = forEach === undefined ? after : withItemFacts(forEach, after);
    for (const { value } of state.undo?.with ?? []) {
      reader.read(value, scopes.undo(state), known, state.id);
    }
    return known;
  }

  /** Whichever of the rules is taken, or none of them. */
  #afterRules(
    rules: readonly Transition[],
    variables: Variables,
    state: State,
    before: Filled,
  ): readonly Filled[] {
    const { changes, reader } = this.#parts;
    const taken = takeable(rules);
    const ends: Filled[] = [];
    let filled = before;
    for (const rule of taken) {
      const guard = rule.when && reader.read(rule.when, variables, filled, state.id);
      const inside = union(filled, guard?.presentWhenTrue ?? []);
      const acted = changes.acted(inside, rule, variables, state.id);
      ends.push(changes.added(acted, rule, forEachOf(state), variables, state.id));
      filled = union(filled, guard?.presentWhenFalse ?? []);
    }
    return taken.at(-1)?.when === undefined && taken.length > 0 ? ends : [...ends, filled];
  }

  #readUntil(state: State, forEach: ForEach, after: Filled): void {
    const { reader, scopes } = this.#parts;
    if (forEach.until === undefined) return;
    const known = union(after, this.results(forEach, after));
    reader.read(forEach.until, scopes.until(state), known, state.id);
  }
}
