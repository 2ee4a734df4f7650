import type { Visit } from '../effects.ts';
import { isAt } from './stage-visits.ts';

/** A place in a queue, of a visit of one case on the stage. */
export interface QueuePlace<C> extends Visit {
  readonly of: C;
  readonly queue: string;
  readonly most: number;
}

/** The queues of the limits on a stage, in the order in which the places were taken. */
export class Queues<C> {
  #places: readonly QueuePlace<C>[] = [];
  readonly #admitted = new Set<QueuePlace<C>>();

  join(place: QueuePlace<C>): void {
    this.#places = [...this.#places, place];
  }

  leave(visit: { readonly of: C } & Visit): void {
    this.#places = this.#places.filter((place) => !isAt(place, visit));
  }

  /** Admits whoever is the next in some queue while it has room; `undefined` when none is. */
  admit(): QueuePlace<C> | undefined {
    const next = this.#places.find((place) => !this.#admitted.has(place) && this.#hasRoom(place));
    if (next !== undefined) this.#admitted.add(next);
    return next;
  }

  #hasRoom({ queue, most }: QueuePlace<C>): boolean {
    const inside = this.#places.filter((one) => one.queue === queue && this.#admitted.has(one));
    return inside.length < most;
  }
}
