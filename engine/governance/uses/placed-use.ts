import type { Position } from '../../kernel/problem.ts';

/** One place of the workspace that uses something of the core. */
export interface PlacedUse {
  /** `Quote.netTotal`, `oms.createOrder`, `role:sales-rep`. */
  readonly what: string;
  readonly kind: string;
  /** The very text. */
  readonly words: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly position: Position;
}
