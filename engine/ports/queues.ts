import type { Visit } from '../kernel/effects.ts';

/** The place of one visit of a case in the queue of a limit. */
export interface QueuePlace extends Visit {
  readonly caseId: string;
  /** The workflow, the name of the limit and the value that it is counted by, as one text. */
  readonly queue: string;
  /** How many of the queue may be admitted at once, as the version of the case says. */
  readonly most: number;
  /** Since when it stands there, in epoch milliseconds. */
  readonly since: number;
}

/** A place with what has become of it. */
export interface StandingPlace extends QueuePlace {
  /** Its turn has come. */
  readonly admitted: boolean;
}

/** A place with how many wait before it. */
export interface PlaceInLine extends StandingPlace {
  /** Of one that is admitted, 0. */
  readonly ahead: number;
}

/**
 * The queues of limits. Steps take places and give them up; whose turn it is, is decided here alone,
 * so that never more are admitted than may be, on however many hosts.
 */
export interface Queues {
  /**
   * Admits whoever waits longest in a queue, where fewer are admitted than its place allows; cases
   * that are suspended are passed over. Stores with it the job that tells the case. Answers false
   * where nobody was admitted.
   */
  admitNext(queue: string, now: number): Promise<boolean>;
  /** The places of a queue in the order in which they were taken, `limit` of them at most. */
  places(queue: string, limit: number): Promise<readonly StandingPlace[]>;
  /** The places of a case, in the order of their states. */
  ofCase(caseId: string): Promise<readonly PlaceInLine[]>;
}
