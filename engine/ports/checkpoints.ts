import type { CaseHead, Checkpoint } from '../governance/checkpoint.ts';

/** Some of the heads that have moved. A case may be named several times, also in one answer. */
export interface MovedHeads {
  readonly heads: readonly CaseHead[];
  /** Where to go on. */
  readonly place: string;
  /** There may be more behind that place. */
  readonly isMore: boolean;
}

/** Some leaves of one checkpoint, in their order. */
export interface LeafPart {
  /** Starts at 1 for each checkpoint. */
  readonly part: number;
  readonly leaves: readonly string[];
}

/** The signed checkpoints of the history, and what the next one has to state. */
export interface Checkpoints {
  /**
   * Entries that were saved behind a place, or since the newest checkpoint where none is given. What
   * was saved before the first call of a run is in its answers or in those of an earlier run, however
   * many hosts save at the moment and whatever moves to the archive meanwhile.
   */
  moved(place: string | undefined, limit: number): Promise<MovedHeads>;
  newest(): Promise<Checkpoint | undefined>;
  /**
   * Saves a checkpoint with its leaves, durably; answers false, and saves nothing, where another of its
   * number exists, or what was read up to `place` may not be all: then it is to be made anew.
   */
  add(checkpoint: Checkpoint, heads: readonly CaseHead[], place: string): Promise<boolean>;
  /** Checkpoints in their order, those behind the number `after`, at most `limit`. */
  list(after: number, limit: number): Promise<readonly Checkpoint[]>;
  /** Leaves of checkpoints, in their order, from behind a part on, at most `limit` parts. */
  leaves(number: number, after: number, limit: number): Promise<readonly LeafPart[]>;
}
