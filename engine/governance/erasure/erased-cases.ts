import type { GovernanceAct } from '../acts.ts';

/** The kind of the act that erases personal data. */
export const ERASURE = 'erased-personal-data';

/** A case that an act has erased. */
export interface ErasedCase {
  readonly id: string;
  readonly reference: string;
}

/** What such an act says. It names no personal value. */
export interface ErasureBody {
  readonly reason: string;
  readonly cases: readonly ErasedCase[];
  /** Records that were emptied of personal values, or removed: their types and how many. */
  readonly records: Readonly<Record<string, number>>;
  readonly files: number;
}

/** Reads what an act has erased; nothing where it is another. */
export function erasureOf({
  kind,
  body,
}: Pick<GovernanceAct, 'kind' | 'body'>): ErasureBody | undefined {
  return kind === ERASURE ? (body as unknown as ErasureBody) : undefined;
}

/** Which cases were erased by which acts, as the acts say. */
export class ErasedCases {
  readonly #acts = new Map<string, number[]>();
  /** The newest act that was taken. */
  #newest = 0;

  get newest(): number {
    return this.#newest;
  }

  take(act: GovernanceAct): void {
    this.#newest = Math.max(this.#newest, act.seq);
    for (const { id } of erasureOf(act)?.cases ?? []) {
      const known = this.#acts.get(id);
      if (known === undefined) this.#acts.set(id, [act.seq]);
      else known.push(act.seq);
    }
  }

  /** The acts that have erased a case. */
  of(caseId: string): readonly number[] {
    return this.#acts.get(caseId) ?? [];
  }
}
