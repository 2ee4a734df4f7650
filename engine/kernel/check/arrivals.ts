import type { Filled } from './filled-fields.ts';
import type { Facts } from './tracked-facts.ts';

/** One way into a state, and what is present when a case comes by it. */
interface Arrival {
  /** The id of the state that was left, or `the start “NAME”`. */
  readonly from: string;
  readonly filled: Filled;
}

/** Remembers how cases come into states; what all ways into one have is present there. */
export class Arrivals {
  readonly #ways = new Map<string, Map<string, Arrival>>();
  readonly #present: Facts;

  constructor(present: Facts) {
    this.#present = present;
  }

  /** Adds a way, or lowers what is known of it; tells whether anything is new. */
  add(state: string, way: string, arrival: Arrival): boolean {
    const ways = this.#ways.get(state) ?? new Map<string, Arrival>();
    this.#ways.set(state, ways);
    ways.set(way, arrival);
    return this.#present.lower(state, arrival.filled);
  }

  /** What is present whichever way a case came; `undefined` for a state that none comes into. */
  presentIn(state: string): Filled | undefined {
    return this.#present.get(state);
  }

  waysInto(state: string): readonly Arrival[] {
    return [...(this.#ways.get(state)?.values() ?? [])];
  }
}
