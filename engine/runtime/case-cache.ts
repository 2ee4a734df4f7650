import type { LoadedCase } from './loaded-case.ts';

/**
 * Keeps the unfinished cases that were used last, up to a number of them. (Default: 3,000) Hardly
 * anybody asks for a case again that has finished, and the collector moves whatever is kept.
 */
export class CaseCache {
  readonly #size: number;
  readonly #cases = new Map<string, LoadedCase>();

  constructor(size = 3_000) {
    this.#size = size;
  }

  get(id: string): LoadedCase | undefined {
    const found = this.#cases.get(id);
    if (found !== undefined) this.put(found);
    return found;
  }

  put(loaded: LoadedCase): void {
    const { id, status } = loaded.stored;
    this.#cases.delete(id);
    if (status === 'finished') return;
    this.#cases.set(id, loaded);
    const [oldest] = this.#cases.keys();
    if (this.#cases.size > this.#size && oldest !== undefined) this.#cases.delete(oldest);
  }

  forget(id: string): void {
    this.#cases.delete(id);
  }
}
