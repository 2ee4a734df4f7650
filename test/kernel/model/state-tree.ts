import type { ModelState } from './model-workflow.ts';

/** The states of a workflow in the order of the text, and what lies around each. */
export class StateTree {
  readonly all: readonly ModelState[];
  readonly #parents = new Map<ModelState, ModelState>();
  readonly #order = new Map<ModelState, number>();
  readonly #byId = new Map<string, ModelState>();

  constructor(root: ModelState) {
    const all: ModelState[] = [];
    const collect = (state: ModelState): void => {
      this.#order.set(state, all.length);
      this.#byId.set(state.id, state);
      all.push(state);
      for (const child of state.children) {
        this.#parents.set(child, state);
        collect(child);
      }
    };
    collect(root);
    this.all = all;
  }

  get(id: string): ModelState {
    const state = this.#byId.get(id);
    if (state === undefined) throw new Error(`There is no state "${id}".`);
    return state;
  }

  parentOf(state: ModelState): ModelState | undefined {
    return this.#parents.get(state);
  }

  /** The states around one, from the inside out. */
  around(state: ModelState): readonly ModelState[] {
    const parent = this.parentOf(state);
    return parent === undefined ? [] : [parent, ...this.around(parent)];
  }

  isInside(state: ModelState, outer: ModelState): boolean {
    return this.around(state).includes(outer);
  }

  inOrder(states: Iterable<ModelState>): readonly ModelState[] {
    return [...states].sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
  }
}
