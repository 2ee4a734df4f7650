import { FairQueue, Shares } from '../../engine/index.ts';

/** A place at work, or in the line before it. */
export interface WorkingPlace {
  /** Resolves when the request may be worked on. */
  readonly ready: Promise<void>;
  /** Lets the next one have it; more than once does nothing. */
  giveBack(): void;
}

interface Waiting {
  readonly start: () => void;
}

/**
 * Lets so many requests be worked on at once. The others wait in a line for each client, and clients
 * take turns: who sends one request waits for one turn, however many another has sent.
 */
export class WorkingPlaces {
  readonly #shares: Shares;
  readonly #waiting = new FairQueue<Waiting>();

  constructor(room: number) {
    this.#shares = new Shares(room);
  }

  take(client: string): WorkingPlace {
    let state: 'waits' | 'works' | 'over' = 'waits';
    let resolve: () => void = () => undefined;
    const ready = new Promise<void>((settle) => (resolve = settle));
    const waiting: Waiting = {
      start: () => {
        state = 'works';
        resolve();
      },
    };
    this.#waiting.push(client, waiting);
    this.#startNext();
    return {
      ready,
      giveBack: () => {
        if (state === 'works') this.#shares.take(client, -1);
        else if (state === 'waits') this.#waiting.remove(client, waiting);
        if (state !== 'over') {
          state = 'over';
          this.#startNext();
        }
      },
    };
  }

  #startNext(): void {
    while (this.#shares.has(1)) {
      const next = this.#waiting.take((client) => this.#shares.hasFor(client, 1));
      if (next === undefined) return;
      this.#shares.take(next.line, 1);
      next.one.start();
    }
  }
}
