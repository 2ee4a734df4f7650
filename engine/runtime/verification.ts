import type { ErasedFrom } from '../governance/erasure/erasure-audit.ts';
import { ErasureAudit, erasedBody } from '../governance/erasure/erasure-audit.ts';
import { isErased, snapshotDigest } from '../governance/erasure/sealed.ts';
import { GENESIS, verifyChain } from '../governance/history.ts';
import type { ChainPoint } from '../governance/history.ts';
import type { CaseState } from '../kernel/case-state.ts';
import { knowsFormat } from '../kernel/transition/live-case.ts';
import type { LiveCase } from '../kernel/transition/live-case.ts';
import type { AuditEntry, StoredCase } from '../ports/step.ts';
import type { Catalogue, Definition } from './catalogue.ts';
import { evolutionBetween } from './evolution.ts';
import {
  changesState,
  firstVersion,
  foldEntry,
  foldMigration,
  migrationOf,
  snapshotOf,
} from './fold.ts';

/** What does not agree in a stored case, and from which entry of its history on. */
export interface Discrepancy {
  readonly caseId: string;
  readonly reference: string;
  readonly seq: number;
  /**
   * - `chain`: an entry was edited, moved, taken out or put in.
   * - `fold`: the events do not lead to the state that was saved with an entry.
   * - `snapshot`: the case is not stored as its newest entry says.
   * - `unreadable`: it cannot be looked at: its definition or an entry cannot be read.
   */
  readonly kind: 'chain' | 'fold' | 'snapshot' | 'unreadable';
  readonly message: string;
}

/** Entries of a history that are read at once. */
const PAGE = 200;

type ReadHistory = (after: number, limit: number) => Promise<readonly AuditEntry[]>;

/** One case under verification, up to the entry that it was stored with. */
export class Verification {
  readonly #stored: StoredCase;
  readonly #catalogue: Pick<Catalogue, 'version' | 'core'>;
  #live: LiveCase | undefined;
  /** The newest entry. */
  #newest: AuditEntry | undefined;
  /** The snapshot that the fold led to. */
  #text = '';
  /** The first entry whose values are gone, of which the state was made: there is no fold any more. */
  #goneFrom: number | undefined;
  /** The act that has erased them. */
  #goneBy: number | undefined;
  readonly #erasure: ErasureAudit;
  /** The fold has led to what an entry names: from there on it must. */
  #hasAgreed = false;
  /** What did not agree before: another version may have written snapshots in a format of its own. */
  #strange: Discrepancy | undefined;
  #version: number;
  #end: ChainPoint = { seq: 0, hash: GENESIS };

  constructor(stored: StoredCase, catalogue: Pick<Catalogue, 'version' | 'core'>) {
    this.#stored = stored;
    this.#catalogue = catalogue;
    this.#version = stored.workflowVersion;
    this.#erasure = new ErasureAudit(stored.id);
  }

  /** What cannot be folded, as far as it was looked at. */
  get erased(): ErasedFrom | undefined {
    const [seq, act] = [this.#goneFrom, this.#goneBy];
    return seq === undefined || act === undefined ? undefined : { seq, act };
  }

  async run(read: ReadHistory): Promise<Discrepancy | undefined> {
    const { version } = this.#stored;
    while (this.#end.seq < version) {
      const entries = await read(this.#end.seq, Math.min(PAGE, version - this.#end.seq));
      const found = await this.#page(entries);
      if (found !== undefined) return found;
      if (entries.length === 0) break;
    }
    return this.#atEnd();
  }

  async #page(entries: readonly AuditEntry[]): Promise<Discrepancy | undefined> {
    const verdict = verifyChain(this.#stored.id, entries, { after: this.#end });
    if (!verdict.ok) return discrepancy(this.#stored, 'chain', verdict.seq, verdict.message);
    for (const entry of entries) {
      const found = await this.#entry(entry);
      if (found !== undefined) return found;
    }
    this.#end = verdict.end;
    return undefined;
  }

  #atEnd(): Discrepancy | undefined {
    const stored = this.#stored;
    const { seq, hash } = this.#end;
    if (seq !== stored.version || hash !== stored.head) {
      const message = `The history ends with entry ${seq}, which is not the newest that the case knows (${stored.version}).`;
      return discrepancy(stored, 'chain', seq, message);
    }
    if (stored.workflowVersion !== this.#version) {
      const message = `The case is stored on version ${stored.workflowVersion}; its history leads to version ${this.#version}.`;
      return discrepancy(stored, 'snapshot', stored.version, message);
    }
    const emptied = this.#erasure.finish();
    if (emptied !== undefined) {
      return discrepancy(stored, 'chain', emptied.seq, emptied.message);
    }
    if (this.#isSnapshot(stored.snapshot)) {
      // A snapshot in a format of today would have agreed.
      const isOfToday = knowsFormat(JSON.parse(stored.snapshot) as CaseState);
      return isOfToday && this.#goneFrom === undefined && !this.#hasAgreed
        ? this.#strange
        : undefined;
    }
    const message = 'The case is not stored as the newest entry of its history left it.';
    return discrepancy(stored, 'snapshot', stored.version, message);
  }

  async #entry(entry: AuditEntry): Promise<Discrepancy | undefined> {
    const { seq, kind } = entry;
    const fault = this.#erasure.take(entry);
    if (fault !== undefined) return discrepancy(this.#stored, 'chain', fault.seq, fault.message);
    const before = this.#newest;
    this.#newest = entry;
    if (isErased(entry)) this.#goneFrom ??= seq;
    this.#goneBy ??= erasedBody(entry)?.act;
    if (changesState(entry)) return this.#step(entry);
    if (this.#goneFrom !== undefined || this.#isSameAs(before)) return undefined;
    const message = `Entry ${seq} (${kind}) says that the case changed, which it does not do.`;
    return discrepancy(this.#stored, 'fold', seq, message);
  }

  async #step(entry: AuditEntry): Promise<Discrepancy | undefined> {
    const { seq, kind } = entry;
    if (seq === 1) this.#version = firstVersion(entry) ?? this.#version;
    const result = await this.#folded(entry);
    if (result === undefined) return undefined;
    if (result.kind === 'refused') {
      const message = `Entry ${seq} (${kind}) could not have happened: ${result.message}`;
      return discrepancy(this.#stored, 'fold', seq, message);
    }
    this.#live = result.case;
    this.#text = snapshotOf(result.case);
    if (this.#isSnapshot(this.#text)) {
      this.#hasAgreed = true;
      return undefined;
    }
    const message = `Entry ${seq} (${kind}) leads to another state than the one saved with it.`;
    const found = discrepancy(this.#stored, 'fold', seq, message);
    this.#strange ??= found;
    return this.#hasAgreed ? found : undefined;
  }

  /** Takes the step of an entry again; nothing where the values are gone that it was made of. */
  async #folded(entry: AuditEntry): Promise<ReturnType<typeof foldEntry> | undefined> {
    const migration = migrationOf(entry);
    const own = await this.#definition();
    if (migration !== undefined) this.#version = migration.to;
    if (this.#goneFrom !== undefined) return undefined;
    const definition = await this.#definition();
    return migration === undefined || this.#live === undefined
      ? foldEntry(this.#live, entry, definition)
      : foldMigration(this.#live, entry, migration, own, {
          other: definition,
          evolution: await evolutionBetween(this.#catalogue, own.core, definition.core),
        });
  }

  /** Tells whether a snapshot is the one of the newest entry; of one that was erased nobody can say. */
  #isSnapshot(snapshot: string): boolean {
    const entry = this.#newest;
    if (entry === undefined) return false;
    return isErased(entry) || snapshotDigest(snapshot, entry.salt) === entry.snapshotDigest;
  }

  /** Tells whether the newest entry leaves the state as the one before it did. */
  #isSameAs(before: AuditEntry | undefined): boolean {
    if (this.#hasAgreed) return this.#isSnapshot(this.#text);
    const { salt, snapshotDigest: digest } = this.#newest ?? {};
    // What another version wrote is not known, and two salts tell nothing of each other.
    if (salt !== undefined || before?.salt !== undefined) return true;
    return digest === before?.snapshotDigest;
  }

  #definition(): Promise<Definition> {
    return this.#catalogue.version(this.#stored.workflow, this.#version);
  }
}

export function discrepancy(
  { id, reference }: StoredCase,
  kind: Discrepancy['kind'],
  seq: number,
  message: string,
): Discrepancy {
  return { caseId: id, reference, seq, kind, message };
}
