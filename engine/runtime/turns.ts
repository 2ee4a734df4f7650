/** Lets work on one case follow one after another, while different cases go on side by side. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the work when everything taken before for the same key is over, however it ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = before === undefined ? work() : before.then(work, work);
    this.#last.set(key, turn);
    const leave = (): void => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  }
}
