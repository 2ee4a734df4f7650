/** Who waits in one of several lines that take turns, so that a long line does not hold up the others. */
export class FairQueue<T> {
  /** The line whose turn is next stands first. */
  readonly #lines = new Map<string, T[]>();
  #size = 0;

  /** How many wait in all lines. */
  get size(): number {
    return this.#size;
  }

  /** Puts somebody at the end of a line. */
  push(line: string, one: T): void {
    const waiting = this.#lines.get(line);
    if (waiting === undefined) this.#lines.set(line, [one]);
    else waiting.push(one);
    this.#size += 1;
  }

  /** Takes the first of the line whose turn it is, of those that may have one. (Default: all) */
  take(
    mayHave: (line: string) => boolean = () => true,
  ): { readonly line: string; readonly one: T } | undefined {
    for (const [line, waiting] of this.#lines) {
      if (!mayHave(line)) continue;
      // Its next turn is after everybody else's.
      this.#lines.delete(line);
      if (waiting.length > 1) this.#lines.set(line, waiting);
      const one = waiting.shift();
      if (one === undefined) continue;
      this.#size -= 1;
      return { line, one };
    }
    return undefined;
  }

  /** Lets somebody leave a line. */
  remove(line: string, one: T): void {
    const waiting = this.#lines.get(line) ?? [];
    const rest = waiting.filter((other) => other !== one);
    this.#size -= waiting.length - rest.length;
    if (rest.length === 0) this.#lines.delete(line);
    else this.#lines.set(line, rest);
  }
}
