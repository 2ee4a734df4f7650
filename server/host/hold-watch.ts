import type { Clock, EffectHold, Log, Store } from '../../engine/index.ts';

/** How old what is known may be when a page is shown, in milliseconds. */
const OLDEST = 5_000;

interface Parts {
  readonly store: Pick<Store, 'effects'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Knows whether effects are held back after a restore, as pages say it, without waiting for it. */
export class HoldWatch {
  readonly #parts: Parts;
  #known: EffectHold | undefined;
  #readAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The hold as it was some seconds ago at most. Once there is none, there comes none. */
  current(): EffectHold | undefined {
    const { clock, log } = this.#parts;
    if (this.#known !== undefined && clock.now() - this.#readAt > OLDEST) {
      void this.read().catch((error: unknown) => {
        log.warn('what is held back could not be read', { error: String(error) });
      });
    }
    return this.#known;
  }

  async read(): Promise<EffectHold | undefined> {
    const { store, clock } = this.#parts;
    this.#readAt = clock.now();
    this.#known = await store.effects.current();
    return this.#known;
  }
}
