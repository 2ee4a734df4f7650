import type { TrustedHtml } from '../html.ts';

/** A statechart as a picture, and in words for whoever cannot see it. */
export interface DiagramView {
  readonly picture: TrustedHtml;
  readonly rows: readonly DiagramRow[];
}

export interface DiagramRow {
  readonly state: string;
  /** What kind of work it is, in words. */
  readonly kind: string;
  /** The transitions out of it, in words. */
  readonly leadsTo: readonly string[];
  /** Where a case stands with it, e.g. `Now`. */
  readonly mark?: string;
}
