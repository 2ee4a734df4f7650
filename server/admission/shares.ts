/** How much more than what is free one client may have. */
const OF_FREE = 3;
/** What part of all is much for one client. */
const MUCH = 1 / 4;

/**
 * Counts what clients have of something that there is only so much of. Each may have three times as
 * much as is free, so that one alone leaves a quarter to who comes newly.
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

  /** Tells whether there is so much, whoever wants it. */
  has(amount: number): boolean {
    return amount <= this.#free;
  }

  /** Tells whether there is so much for a client, and it has not its part already. */
  hasFor(client: string, amount: number): boolean {
    if (amount === 0) return true;
    return this.has(amount) && (this.#taken.get(client) ?? 0) < OF_FREE * this.#free;
  }

  /** Tells whether a client has so great a part of all there is that others are short of it. */
  hasMuch(client: string): boolean {
    return (this.#taken.get(client) ?? 0) >= MUCH * this.#room;
  }

  /** Gives something to a client, or takes it back where `amount` is negative. */
  take(client: string, amount: number): void {
    this.#free -= amount;
    const taken = (this.#taken.get(client) ?? 0) + amount;
    if (taken === 0) this.#taken.delete(client);
    else this.#taken.set(client, taken);
  }
}
