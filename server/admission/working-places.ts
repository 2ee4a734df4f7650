import { Shares } from './shares.ts';

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
  /** The client whose turn is next stands first. */
  readonly #lines = new Map<string, Waiting[]>();

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
    const line = this.#lines.get(client);
    if (line === undefined) this.#lines.set(client, [waiting]);
    else line.push(waiting);
    this.#startNext();
    return {
      ready,
      giveBack: () => {
        if (state === 'works') this.#shares.take(client, -1);
        else if (state === 'waits') this.#leaveLine(client, waiting);
        if (state !== 'over') {
          state = 'over';
          this.#startNext();
        }
      },
    };
  }

  #startNext(): void {
    while (this.#shares.has(1)) {
      const next = [...this.#lines].find(([client]) => this.#shares.hasFor(client, 1));
      if (next === undefined) return;
      const [client, line] = next;
      const first = line.shift();
      // The client's next turn is after everybody else's.
      this.#lines.delete(client);
      if (line.length > 0) this.#lines.set(client, line);
      this.#shares.take(client, 1);
      first?.start();
    }
  }

  #leaveLine(client: string, waiting: Waiting): void {
    const rest = this.#lines.get(client)?.filter((one) => one !== waiting) ?? [];
    if (rest.length === 0) this.#lines.delete(client);
    else this.#lines.set(client, rest);
  }
}
