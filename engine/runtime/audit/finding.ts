/** What does not hold, and from where on. */
export interface AuditFinding {
  /** What it stands in. */
  readonly of: 'case' | 'act' | 'checkpoint' | 'anchor';
  /** The reference of the case; for others the number as text. */
  readonly name: string;
  /** The id of the case. */
  readonly caseId?: string;
  /** The first bad one: an entry, an act, a checkpoint or a line. */
  readonly seq: number;
  /** What kind of fault it is, in a word. */
  readonly kind: string;
  readonly message: string;
}
