import type { FileChange } from '../texts/file-change.ts';
import type { DiagramView } from './diagram-view.ts';

/** What a version changes against the one that stands, for `parts/version-change`. */
export interface VersionChange {
  /** Whether its running cases were looked at: while somebody has to decide. */
  readonly looked: boolean;
  readonly impact: readonly {
    readonly count: number;
    readonly href: string;
    readonly text: string;
  }[];
  readonly diagram?: DiagramView;
  /** States that it has no more. (Default: none) */
  readonly removed?: readonly string[];
  readonly files: readonly FileChange[];
}

/** Who has to look at a version, and why, for `parts/version-risk`. */
export interface RiskView {
  readonly who: string;
  readonly reasons: readonly string[];
  readonly coverage: string;
}
