import type { Checkpoint } from '../governance/checkpoint.ts';

/** Where checkpoints are written down outside the database, to hold it against later. */
export interface Anchor {
  /** The one that was written last. */
  newest(): Promise<Checkpoint | undefined>;
  /** Writes checkpoints behind those that are there, durably. */
  append(checkpoints: readonly Checkpoint[]): Promise<void>;
}
