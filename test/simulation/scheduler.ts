import { setImmediate } from 'node:timers/promises';
import type { Random } from './random.ts';

interface Pending {
  readonly owner: string;
  readonly what: string;
  readonly run: () => void;
}

/**
 * Decides in which order things happen that are under way side by side: requests and answers of the
 * store and of other systems, wakings, what people do next. One thing happens at a time, and all that
 * follows from it in the program itself, before the next is picked.
 */
export class Scheduler {
  /** What has happened, in its order. */
  readonly trace: string[] = [];
  readonly #random: Random;
  readonly #frozen = new Set<string>();
  #pending: Pending[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Lets something happen some time, as long as its owner lives. */
  add(owner: string, what: string, run: () => void): void {
    this.#pending.push({ owner, what, run });
  }

  /** Writes down what happens outside of any turn. */
  note(what: string): void {
    this.trace.push(what);
  }

  /** Nothing of an owner happens until it is thawed. */
  freeze(owner: string): void {
    this.#frozen.add(owner);
  }

  thaw(owner: string): void {
    this.#frozen.delete(owner);
  }

  /** An owner died: what it would have done does not happen. */
  drop(owner: string): void {
    this.#frozen.delete(owner);
    this.#pending = this.#pending.filter((one) => one.owner !== owner);
  }

  /** Lets one thing happen; answers false where there is none that can. */
  async step(): Promise<boolean> {
    const ready = this.#pending.filter(({ owner }) => !this.#frozen.has(owner));
    const one = ready[this.#random.below(ready.length)];
    if (one === undefined) return false;
    this.#pending.splice(this.#pending.indexOf(one), 1);
    this.trace.push(`${one.owner} ${one.what}`);
    one.run();
    await setImmediate();
    return true;
  }
}
