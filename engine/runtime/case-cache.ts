import type { LoadedCase } from './loaded-case.ts';

/** Keeps the cases that were used last, up to a number of them. (Default: 5,000) */
export class CaseCache {
  readonly #size: number;
  readonly #cases = new Map<string, LoadedCase>();

  constructor(size = 5_000) {
    this.#size = size;
  }

  get(id: string): LoadedCase | undefined {
    const found = this.#cases.get(id);
    if (found !== undefined) this.put(found);
    return found;
  }

  put(loaded: LoadedCase): void {
    const { id } = loaded.stored;
    this.#cases.delete(id);
    this.#cases.set(id, loaded);
    const [oldest] = this.#cases.keys();
    if (this.#cases.size > this.#size && oldest !== undefined) this.#cases.delete(oldest);
  }

  forget(id: string): void {
    this.#cases.delete(id);
  }
}
