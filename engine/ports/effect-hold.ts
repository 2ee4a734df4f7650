import type { ClaimedJob } from './step.ts';

/**
 * A database that was brought back from a backup: what its cases ask of the world may have been done
 * after the backup was taken, and waits until an operator lets it go.
 */
export interface EffectHold {
  readonly id: string;
  /** When the backup was taken, in epoch milliseconds. */
  readonly takenAt: number;
  /** The names under which effects wait that an operator has let go. */
  readonly released: readonly string[];
}

/** The effects of one name that wait. */
export interface HeldEffects {
  /** An operation (`oms.createOrder`), or `timer`. */
  readonly name: string;
  readonly count: number;
  /** When the first of them was due, in epoch milliseconds. */
  readonly since: number;
}

/** What is held back after a restore. */
export interface EffectHolds {
  /** The hold that is on. */
  current(): Promise<EffectHold | undefined>;
  /** Holds effects back, also where they are held back already. */
  begin(hold: EffectHold): Promise<void>;
  /**
   * Sets a claimed job aside until its name is released, if the token still holds and the hold is on
   * just as it is given. Answers whether it did. It is not counted as tried.
   */
  setAside(job: ClaimedJob, name: string, hold: EffectHold): Promise<boolean>;
  /** What was set aside, by name. */
  waiting(): Promise<readonly HeldEffects[]>;
  /** Lets the effects of a name go, those that wait and those to come. Answers whether a hold is on. */
  release(name: string): Promise<boolean>;
  /** Those of a name that wait shall not be carried out: each comes back as a refused job. Answers how many. */
  refuse(name: string): Promise<number>;
  /** Ends the hold: everything that waits goes. Answers whether one was on. */
  end(): Promise<boolean>;
}
