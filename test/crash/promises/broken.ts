/** A promise of DESIGN.md that was not kept, and what shows it. */
export interface Broken {
  /** Its number there, 1 to 9. */
  readonly promise: number;
  /** What it is about: a slip, a key, a case. */
  readonly about: string;
  readonly evidence: string;
}
