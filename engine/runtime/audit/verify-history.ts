import { isDeepStrictEqual } from 'node:util';
import type { Checkpoint } from '../../governance/checkpoint.ts';
import { CaseAudit } from '../../governance/case-audit.ts';
import { ErasedCases } from '../../governance/erasure/erased-cases.ts';
import type { CaseFault, Coverage, StatedHead } from '../../governance/case-audit.ts';
import type { AuditedCase, CasePlace, StoredEntry } from '../../ports/audit.ts';
import type { Store } from '../../ports/store.ts';
import { EntryStream } from './entry-stream.ts';
import type { AuditFinding } from './finding.ts';
import type { IdRange } from './stated-heads.ts';
import { rangesOf, readStated } from './stated-heads.ts';
import { verifyGovernance } from './verify-acts.ts';
import type { CheckpointVerdict, Trust } from './verify-checkpoints.ts';
import { verifyCheckpoints } from './verify-checkpoints.ts';

/** How far a verifier has come. */
export interface AuditProgress {
  readonly cases: number;
  readonly entries: number;
  /** Entries that no checkpoint states: for them only chains and digests speak. */
  readonly unstated: number;
}

/** What was looked at. */
export interface AuditSummary extends AuditProgress {
  readonly checkpoints: number;
  readonly acts: number;
  readonly newest?: Checkpoint;
}

/** What a history is verified with. */
export interface HistoryParts {
  readonly store: Pick<Store, 'audit' | 'checkpoints' | 'governance'>;
  readonly trust: Trust;
  readonly onFinding: (finding: AuditFinding) => void;
  readonly onProgress?: (progress: AuditProgress) => void;
  /** How much is looked at in one turn. (Default: much, for a process that does nothing else) */
  readonly atOnce?: AtOnce;
}

/** How much a verifier has in hand at once. */
export interface AtOnce {
  /** Entries that are looked at without letting others go on. (Default: 2,000) */
  readonly entries?: number;
  /** What checkpoints state of cases, which is held in memory. (Default: 400,000) */
  readonly leaves?: number;
}

const CASES = 500;
/** Acts that came while the cases were gone through; there are few. */
const NEWER = 10_000;
/** Behind every entry of a case. */
const LAST = Number.MAX_SAFE_INTEGER;

/**
 * Holds the whole history against itself: every case, live and in the archive, the governance acts and
 * the checkpoints. Of each case the first bad entry is named. Reads beside running hosts, in order and
 * some rows at a time; what does not hold is looked at once more before it is said.
 */
export async function verifyHistory(parts: HistoryParts): Promise<AuditSummary> {
  const { store, trust, onFinding } = parts;
  const verdict = await verifyCheckpoints(store.checkpoints, trust);
  verdict.found.forEach(onFinding);
  // Where one is not as it was, nothing follows from what it does not state.
  const isWhole = verdict.found.length === 0;
  const coverage: Coverage = {
    newest: verdict.newest?.number ?? 0,
    coveredBy: (checkpoint) => (isWhole ? verdict.covers[checkpoint] : undefined),
  };
  const erased = new ErasedCases();
  const { acts, found } = await verifyGovernance(
    store.governance,
    verdict.acts,
    coverage,
    (act) => {
      erased.take(act);
    },
  );
  if (found !== undefined) onFinding(found);
  // Where an act is not as it was, nothing follows from what the others do not say.
  const walk = new Walk(parts, verdict, coverage, found === undefined ? erased : undefined);
  for (const range of rangesOf(verdict, parts.atOnce?.leaves)) await walk.range(range);
  const { newest, count: checkpoints } = verdict;
  return { ...walk.progress, checkpoints, acts, ...(newest === undefined ? {} : { newest }) };
}

/** One way through all cases. */
class Walk {
  readonly #parts: HistoryParts;
  readonly #verdict: CheckpointVerdict;
  readonly #coverage: Coverage;
  readonly #erased: ErasedCases | undefined;
  #cases = 0;
  #entries = 0;
  #unstated = 0;
  #stated = new Map<string, StatedHead[]>();
  /** Cases that are stated and were not met yet. */
  #unmet = new Set<string>();

  constructor(
    parts: HistoryParts,
    verdict: CheckpointVerdict,
    coverage: Coverage,
    erased: ErasedCases | undefined,
  ) {
    this.#erased = erased;
    this.#parts = parts;
    this.#verdict = verdict;
    this.#coverage = coverage;
  }

  get progress(): AuditProgress {
    return { cases: this.#cases, entries: this.#entries, unstated: this.#unstated };
  }

  async range(range: IdRange): Promise<void> {
    this.#stated = await readStated(this.#parts.store.checkpoints, this.#verdict, range);
    this.#unmet = new Set(this.#stated.keys());
    await this.#place('live', range);
    await this.#place('archive', range);
    for (const id of this.#unmet) await this.#missing(id);
  }

  async #place(place: CasePlace, { after: first, upTo }: IdRange): Promise<void> {
    const { audit } = this.#parts.store;
    const read = (after: Pick<StoredEntry, 'caseId' | 'seq'>, limit: number) =>
      audit.entries(place, after, upTo, limit);
    const entries = new EntryStream(
      read,
      { caseId: first, seq: LAST },
      this.#parts.atOnce?.entries,
    );
    let after = first;
    for (;;) {
      const page = await audit.cases(place, after, upTo, CASES);
      for (const facts of page) await this.#case(place, facts, entries);
      this.#parts.onProgress?.(this.progress);
      const last = page.at(-1)?.id;
      if (page.length < CASES || last === undefined || last <= after) break;
      after = last;
    }
    await this.#strays(place, entries, undefined);
  }

  async #case(place: CasePlace, facts: AuditedCase, entries: EntryStream): Promise<void> {
    await this.#strays(place, entries, facts.id);
    const audit = this.#audit(facts);
    const taken = await entries.takeCase(facts.id, (entry) => {
      audit.take(entry);
    });
    this.#cases += 1;
    this.#entries += taken;
    this.#unstated += audit.unstated;
    this.#unmet.delete(facts.id);
    if (audit.finish() !== undefined) await this.#again(place, facts.id);
  }

  /** Entries that stand before a case, or behind all, belong to none. */
  async #strays(place: CasePlace, entries: EntryStream, before: string | undefined): Promise<void> {
    for (const id of await entries.skipTo(before)) await this.#again(place, id);
  }

  /**
   * Looks once more at what a host may have changed meanwhile. A case and its entries are read one after the
   * other, so a fault stands only where the case is the same before and after.
   */
  async #again(place: CasePlace, id: string): Promise<void> {
    const { audit } = this.#parts.store;
    for (;;) {
      const facts = await audit.case(place, id);
      const fault = await this.#faultOf(place, id, facts);
      if (fault === undefined) return;
      if (!isDeepStrictEqual(await audit.case(place, id), facts)) continue;
      this.#say(facts ?? { id, reference: id }, fault);
      return;
    }
  }

  async #faultOf(
    place: CasePlace,
    id: string,
    facts: AuditedCase | undefined,
  ): Promise<Fault | undefined> {
    const { audit, governance } = this.#parts.store;
    const erased = this.#erased;
    if (erased !== undefined)
      (await governance.acts(erased.newest, NEWER)).forEach((act) => {
        erased.take(act);
      });
    if (place === 'archive' && (await audit.case('live', id)) !== undefined) return undefined;
    const read = (after: Pick<StoredEntry, 'caseId' | 'seq'>, limit: number) =>
      audit.entries(place, after, id, limit);
    const first = { caseId: id, seq: Number.MIN_SAFE_INTEGER };
    const entries = new EntryStream(read, first, this.#parts.atOnce?.entries);
    if (facts === undefined) {
      const left = await entries.takeCase(id, () => undefined);
      return left > 0 ? stray(id, left) : undefined;
    }
    const again = this.#audit(facts);
    await entries.takeCase(id, (entry) => {
      again.take(entry);
    });
    return again.finish();
  }

  async #missing(id: string): Promise<void> {
    const { audit } = this.#parts.store;
    if ((await audit.case('live', id)) ?? (await audit.case('archive', id))) return;
    const stated = this.#stated.get(id)?.at(-1);
    const message = `Case ${id} is not there, but checkpoint ${stated?.checkpoint ?? 0} states entry ${stated?.seq ?? 0} of it: it was taken away.`;
    this.#say({ id, reference: id }, { seq: 1, kind: 'missing', message });
  }

  #audit(facts: AuditedCase): CaseAudit {
    const erased = this.#erased;
    const erasures = erased && ((id: string) => erased.of(id));
    return new CaseAudit(facts, this.#stated.get(facts.id) ?? [], this.#coverage, erasures);
  }

  #say(
    { id, reference }: Pick<AuditedCase, 'id' | 'reference'>,
    { seq, kind, message }: Fault,
  ): void {
    this.#parts.onFinding({ of: 'case', name: reference, caseId: id, seq, kind, message });
  }
}

/** What is said of a case: what its audit found, or what only its place tells. */
type Fault = Omit<CaseFault, 'kind'> & { readonly kind: string };

function stray(id: string, count: number): Fault {
  const message = `${count} entries name the case ${id}, which is not there: it was taken away, or they were put in or moved.`;
  return { seq: 1, kind: 'stray', message };
}
