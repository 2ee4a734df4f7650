/** What keeping one text costs besides its characters, in characters. */
const EACH = 50;

/**
 * Remembers what was made of the texts that were used last: reading one anew takes far longer than
 * finding it. Bounded, so that what people write cannot fill the memory.
 */
export class Latest<T> {
  readonly #most: number;
  readonly #make: (source: string) => T;
  readonly #made = new Map<string, T>();
  #size = 0;

  /** Keeps texts of `most` characters together, each with what `make` makes of it; no throw is kept. */
  constructor(most: number, make: (source: string) => T) {
    this.#most = most;
    this.#make = make;
  }

  /** Remembers what was made of a text before, unless it is known. */
  add(source: string, made: T): void {
    if (!this.#made.has(source)) this.#keep(source, made);
  }

  /** What `make` makes of a text. Nobody may change it: others are given the same. */
  of(source: string): T {
    const known = this.#made.get(source);
    const made = known ?? this.#make(source);
    if (known !== undefined) this.#forget(source);
    this.#keep(source, made);
    return made;
  }

  #keep(source: string, made: T): void {
    this.#made.set(source, made);
    this.#size += source.length + EACH;
    for (const oldest of this.#made.keys()) {
      if (this.#size <= this.#most) break;
      this.#forget(oldest);
    }
  }

  #forget(source: string): void {
    this.#made.delete(source);
    this.#size -= source.length + EACH;
  }
}
