/**
 * What is known of a time that is told elsewhere, against the time that has elapsed here. It is never
 * ahead of that time, as long as both run at the same rate, and behind it by no more than the quickest
 * answer took. All in milliseconds.
 */
export class TimeElsewhere {
  /** What must be added to the time that has elapsed, at least. */
  #offset = -Infinity;

  /** Takes in what was said, in whole milliseconds, between the question and the answer. */
  learn(asked: number, said: number, answered: number): void {
    const least = said - answered;
    const most = said + 1 - asked;
    // Beyond what can be: one of the two runs faster, or the time there was set.
    const isWrong = this.#offset > most;
    if (isWrong || least > this.#offset) this.#offset = least;
  }

  /** What time it is there. */
  at(elapsed: number): number {
    return Math.floor(elapsed + this.#offset);
  }
}
