import { availableParallelism } from 'node:os';
import type { ImpactQuestion } from '../../forms/impact-of-core.ts';
import type { ArtefactImpact } from '../../governance/impact/impact.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { WorkThread } from './work-thread.ts';

/** With fewer versions than this for each, threads would take longer to get ready than to look. */
const SHARE = 40;

/** The most threads that look at one change. */
const MOST = 4;

/** How many changes may wait. */
const QUEUE = 8;

/** A thread that looks at one share of the versions. */
export type ImpactThread = WorkThread<ImpactQuestion, readonly ArtefactImpact[]>;

/** Tells whether versions are so many that several threads look at them. */
export function areMany(versions: readonly unknown[]): boolean {
  return versions.length >= 2 * SHARE;
}

/** Looks at one change of the core after the other, each on threads of its own that end with it. */
export class ImpactThreads {
  readonly #open: () => ImpactThread;
  readonly #working = new Set<ImpactThread>();
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(open: () => ImpactThread) {
    this.#open = open;
  }

  /** @throws `TrellisError` with code `try-again`, or `overloaded` where too many wait. */
  async impactOf(question: Omit<ImpactQuestion, 'share'>): Promise<readonly ArtefactImpact[]> {
    if (this.#waiting >= QUEUE)
      throw new TrellisError(
        'overloaded',
        `${QUEUE} others wait to be looked at already. Try again in a moment.`,
      );
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#look(question));
    this.#last = turn.then(
      () => (this.#waiting -= 1),
      () => (this.#waiting -= 1),
    );
    return turn;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#working].map((thread) => thread.close()));
  }

  async #look(question: Omit<ImpactQuestion, 'share'>): Promise<readonly ArtefactImpact[]> {
    const { length } = question.versions;
    // None is left free: these threads let whoever asks, and the requests of a host, go first.
    const of = Math.max(1, Math.min(MOST, availableParallelism(), Math.floor(length / SHARE)));
    const threads = Array.from({ length: of }, () => this.#open());
    for (const thread of threads) this.#working.add(thread);
    try {
      const shares = threads.map((thread, number) =>
        thread.do({ ...question, share: { number, of } }),
      );
      return (await Promise.all(shares)).flat();
    } finally {
      for (const thread of threads) this.#working.delete(thread);
      await Promise.all(threads.map((thread) => thread.close()));
    }
  }
}
