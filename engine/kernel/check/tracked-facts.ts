import type { Filled } from './filled-fields.ts';
import { meet } from './filled-fields.ts';

/** What is known of one state in one respect, and how often that has changed. */
interface Fact {
  filled: Filled | undefined;
  changes: number;
  /** The piece of work that read it last. */
  readBy: number;
}

/** What is known of the states in one respect, by their ids. */
export interface Facts {
  get(state: string): Filled | undefined;
  /** Tells whether there is more or less than before. */
  set(state: string, filled: Filled): boolean;
  /** Keeps what was known before and holds here too; tells whether that is less than before. */
  lower(state: string, filled: Filled): boolean;
}

interface Read {
  readonly fact: Fact;
  readonly changes: number;
}

/**
 * Sees which facts the work on each state reads, so that it is done again only when one of them has
 * changed: the same facts give the same again.
 */
export class TrackedFacts {
  readonly #read = new Map<string, readonly Read[]>();
  #reading: Read[] = [];
  #work = 0;

  /** Makes room for what is known in one more respect. */
  make(): Facts {
    const facts = new Map<string, Fact>();
    const factOf = (state: string): Fact => {
      const known = facts.get(state) ?? { filled: undefined, changes: 0, readBy: 0 };
      facts.set(state, known);
      return known;
    };
    return {
      get: (state) => this.#see(factOf(state)).filled,
      set: (state, filled) => change(factOf(state), filled),
      lower: (state, filled) => {
        const fact = factOf(state);
        return change(fact, meet(fact.filled, filled));
      },
    };
  }

  /** Does the work on a state, unless it would come to the same as the last time. */
  unlessSame(state: string, work: () => void): void {
    const before = this.#read.get(state);
    if (before?.every(({ fact, changes }) => fact.changes === changes) === true) return;
    this.#work += 1;
    this.#reading = [];
    this.#read.set(state, this.#reading);
    work();
  }

  #see(fact: Fact): Fact {
    if (fact.readBy === this.#work) return fact;
    fact.readBy = this.#work;
    this.#reading.push({ fact, changes: fact.changes });
    return fact;
  }
}

/** Keeps the set that it was where the new one says the same. */
function change(fact: Fact, filled: Filled): boolean {
  const { filled: before } = fact;
  const isNews = before?.size !== filled.size;
  if (!isNews && [...filled].every((path) => before.has(path))) return false;
  fact.filled = filled;
  fact.changes += 1;
  return isNews;
}
