/** How many times as much as what is free one may have. */
const OF_FREE = 3;
/** What part of all is much for one. */
const MUCH = 1 / 4;

/**
 * Counts who has how much of something that there is only so much of. Each may have three times as
 * much as is free, so that nobody takes all of it: one alone has three quarters, and two three
 * sevenths each.
 * (Choudhury and Hahne, Dynamic Queue Length Thresholds for Shared-Memory Packet Switches, 1998.)
 */
export class Shares {
  readonly #room: number;
  readonly #taken = new Map<string, number>();
  #free: number;

  /** `room` is how much there is in all. */
  constructor(room: number) {
    this.#room = room;
    this.#free = room;
  }

  /** How much is taken in all. */
  get taken(): number {
    return this.#room - this.#free;
  }

  /** How much is free in all. */
  get free(): number {
    return this.#free;
  }

  /** Tells whether there is so much, whoever wants it. */
  has(amount: number): boolean {
    return amount <= this.#free;
  }

  /** How much more somebody may have. */
  roomFor(name: string): number {
    return Math.ceil((OF_FREE * this.#free - this.of(name)) / (OF_FREE + 1));
  }

  /** Tells whether there is so much for somebody, who has not their part already. */
  hasFor(name: string, amount: number): boolean {
    if (amount === 0) return true;
    return this.has(amount) && this.roomFor(name) > 0;
  }

  /** How much somebody has. */
  of(name: string): number {
    return this.#taken.get(name) ?? 0;
  }

  /** Tells whether somebody has so great a part of all there is that others are short of it. */
  hasMuch(name: string): boolean {
    return this.of(name) >= MUCH * this.#room;
  }

  /** Gives something to all who share it, or takes it back where `amount` is negative. */
  take(names: string | readonly string[], amount: number): void {
    this.#free -= amount;
    for (const name of [names].flat()) {
      const taken = this.of(name) + amount;
      if (taken === 0) this.#taken.delete(name);
      else this.#taken.set(name, taken);
    }
  }
}
