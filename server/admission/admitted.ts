import type { Response } from 'express';
import type { WorkingPlace, WorkingPlaces } from './working-places.ts';

interface Parts {
  readonly client: string;
  readonly places: WorkingPlaces;
  /** Called once, when nothing is kept for the request any more. */
  readonly over: () => void;
}

/** A request that the host has taken. */
export class Admitted {
  readonly #parts: Parts;
  #place: WorkingPlace | undefined;
  #isHandled = false;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Resolves when it may be worked on. */
  async work(): Promise<void> {
    const { places, client } = this.#parts;
    this.#place = places.take(client);
    await this.#place.ready;
  }

  /** Lets others be worked on while it waits for its client: for a body, or until a file is taken. */
  rest(): void {
    this.#place?.giveBack();
  }

  /** Runs its handler. What a client leaves goes on to its end, and counts until then. */
  async handle(handler: () => Promise<void>): Promise<void> {
    if (this.#isClosed) return;
    this.#isHandled = true;
    try {
      await handler();
    } finally {
      this.#isHandled = false;
      this.#end();
    }
  }

  /** It was answered, or its client has left. */
  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  #end(): void {
    if (this.#isHandled) return;
    this.rest();
    if (this.#isClosed) this.#parts.over();
  }
}

/** The request of an answer; none where everything is admitted. */
export function admittedOf(response: Response): Admitted | undefined {
  return (response.locals as { admitted?: Admitted }).admitted;
}
