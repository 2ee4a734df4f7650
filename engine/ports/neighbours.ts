/** What a host tells the others: jobs are free that it does not take itself, or something was published. */
export type News = 'jobs' | 'published';

/**
 * The other hosts on the same database. Word of them may come late, twice or not at all: whoever
 * hears it looks into the store, and would also look by itself, later.
 */
export interface Neighbours {
  /** Tells the others, soon; what is told several times at once is said once. */
  tell(news: News): void;
  /**
   * Calls the listener when another host tells something, and for what was published every few seconds
   * too; the answer ends it.
   */
  hear(listener: (news: News) => void): () => void;
}

/** Where one host has the store for itself. */
export const NO_NEIGHBOURS: Neighbours = { tell: () => undefined, hear: () => () => undefined };
