import type { ModelState } from './model-workflow.ts';

/** The states of a workflow in the order of the text, and what lies around each. */
export class StateTree {
  readonly root: ModelState;
  /** How many sets of fields its states have. */
  readonly sets: number;
  readonly #around = new Map<ModelState, readonly ModelState[]>();
  readonly #order = new Map<ModelState, number>();
  readonly #byId = new Map<string, ModelState>();

  constructor(root: ModelState) {
    this.root = root;
    const collect = (state: ModelState, around: readonly ModelState[]): void => {
      this.#order.set(state, this.#order.size);
      this.#byId.set(state.id, state);
      this.#around.set(state, around);
      for (const child of state.children) collect(child, [state, ...around]);
    };
    collect(root, []);
    this.sets = 1 + Math.max(...[...this.#order.keys()].map(({ fields }) => fields));
  }

  get(id: string): ModelState {
    const state = this.#byId.get(id);
    if (state === undefined) throw new Error(`There is no state "${id}".`);
    return state;
  }

  parentOf(state: ModelState): ModelState | undefined {
    return this.around(state)[0];
  }

  /** The states around one, from the inside out. */
  around(state: ModelState): readonly ModelState[] {
    return this.#around.get(state) ?? [];
  }

  isInside(state: ModelState, outer: ModelState): boolean {
    return this.around(state).includes(outer);
  }

  isRegion(state: ModelState): boolean {
    return this.parentOf(state)?.kind === 'parallel';
  }

  /** The innermost region that a way from one state to another stays inside of. */
  regionOf(from: ModelState, to: ModelState): ModelState | undefined {
    return [from, ...this.around(from)].find(
      (state) => this.isRegion(state) && this.isInside(to, state),
    );
  }

  /** Tells whether two states lie in different regions of one parallel. */
  areBeside(one: ModelState, other: ModelState): boolean {
    const [own, others] = [this.around(one), this.around(other)].map((around) => [...around]);
    const shared = [one, ...(own ?? [])].find(
      (state) => state === other || others?.includes(state) === true,
    );
    return shared?.kind === 'parallel' && shared !== one && shared !== other;
  }

  inOrder(states: Iterable<ModelState>): readonly ModelState[] {
    return [...states].sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
  }
}
