import type { Json } from '../../kernel/json.ts';
import type { EntryFacts } from '../history.ts';
import { isErased } from './sealed.ts';

/** The kind of the entry that says of a case: its personal values are erased. */
export const ERASED = 'erased';

/** What such an entry says. */
export interface ErasedBody {
  /** The number of the governance act. */
  readonly act: number;
  readonly reason: string;
}

/** From which entry of a case on no event can be taken again, and which governance act has erased it. */
export interface ErasedFrom {
  readonly seq: number;
  readonly act: number;
}

/** Tells which governance acts have erased a case, by their numbers. */
export type Erasures = (caseId: string) => readonly number[];

/** What does not hold about what was erased of a case; `seq` is the entry. */
export interface ErasureFault {
  readonly seq: number;
  readonly kind: 'emptied' | 'kept' | 'forged';
  readonly message: string;
}

/** Reads what an entry says that erased its case; nothing where it is another. */
export function erasedBody({
  kind,
  body,
}: Pick<EntryFacts, 'kind' | 'body'>): ErasedBody | undefined {
  if (kind !== ERASED) return undefined;
  const { act, reason } = (body ?? {}) as Readonly<Record<string, Json | undefined>>;
  return {
    act: typeof act === 'number' ? act : 0,
    reason: typeof reason === 'string' ? reason : '',
  };
}

/** Holds what is gone from a case's history against what was erased by an act. */
export class ErasureAudit {
  readonly #caseId: string;
  readonly #erasures: Erasures | undefined;
  /** The first entry since the last erasure whose values are gone, and the first whose values are there. */
  #emptied: number | undefined;
  #kept: number | undefined;

  /** @param erasures the acts that there are (Default: whatever an entry says is believed) */
  constructor(caseId: string, erasures?: Erasures) {
    this.#caseId = caseId;
    this.#erasures = erasures;
  }

  /** Takes the next entry, the oldest first. */
  take(entry: EntryFacts): ErasureFault | undefined {
    const { seq, sealed } = entry;
    const erased = erasedBody(entry);
    if (erased === undefined) {
      if (isErased(entry)) this.#emptied ??= seq;
      else if (sealed !== undefined) this.#kept ??= seq;
      return undefined;
    }
    if (this.#erasures?.(this.#caseId).includes(erased.act) === false) {
      const message = `Entry ${seq} of case ${this.#caseId} says that governance act ${erased.act} has erased its personal values, and that act does not say so.`;
      return { seq, kind: 'forged', message };
    }
    const kept = this.#kept;
    if (kept !== undefined) {
      const message = `Entry ${kept} of case ${this.#caseId} has personal values that entry ${seq} says were erased: they were put back.`;
      return { seq: kept, kind: 'kept', message };
    }
    this.#emptied = undefined;
    return undefined;
  }

  finish(): ErasureFault | undefined {
    if (this.#emptied === undefined) return undefined;
    const message = `The personal values of entry ${this.#emptied} of case ${this.#caseId} are gone, and no act has erased them.`;
    return { seq: this.#emptied, kind: 'emptied', message };
  }
}
