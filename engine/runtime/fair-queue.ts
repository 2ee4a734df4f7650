/** Waiting things in lines, of which each has its turn, so that a long one does not hold up the others. */
export class FairQueue<T> {
  /** The line whose turn is next stands first. */
  readonly #lines = new Map<string, T[]>();
  #size = 0;

  /** How many wait in all lines. */
  get size(): number {
    return this.#size;
  }

  /** Puts something at the end of its line. */
  push(line: string, one: T): void {
    const waiting = this.#lines.get(line);
    if (waiting === undefined) this.#lines.set(line, [one]);
    else waiting.push(one);
    this.#size += 1;
  }

  /** Takes up to `count`, from each line one in its turn. */
  take(count: number): readonly T[] {
    const taken: T[] = [];
    for (const [line, waiting] of this.#lines) {
      if (taken.length === count) break;
      taken.push(...waiting.splice(0, 1));
      // A line that is set again stands last, and comes once more if there is time.
      this.#lines.delete(line);
      if (waiting.length > 0) this.#lines.set(line, waiting);
    }
    this.#size -= taken.length;
    return taken;
  }
}
