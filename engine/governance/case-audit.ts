import type { Actor } from '../kernel/effects.ts';
import type { ErasureFault, Erasures } from './erasure/erasure-audit.ts';
import { ErasureAudit } from './erasure/erasure-audit.ts';
import type { SealedText } from './erasure/read-sealed.ts';
import { readSealed } from './erasure/read-sealed.ts';
import { isErased, snapshotDigest } from './erasure/sealed.ts';
import type { ChainBreak, ChainedEntry, ChainPoint } from './history.ts';
import { GENESIS, verifyChain } from './history.ts';

/** What a checkpoint states of a case. */
export interface StatedHead {
  readonly seq: number;
  readonly hash: string;
  /** The number of the checkpoint. */
  readonly checkpoint: number;
}

/** What the checkpoints say of all entries. */
export interface Coverage {
  /**
   * Up to when everything was stated by a checkpoint and those before it (epoch milliseconds). Nothing where that
   * cannot be said.
   */
  coveredBy(checkpoint: number): number | undefined;
  /** The number of the newest one. */
  readonly newest: number;
}

/** A case as it is stored, where it is. */
export interface CaseFacts {
  readonly id: string;
  readonly version: number;
  readonly head: string;
  /** Text, as long as nobody has altered it. */
  readonly snapshot: unknown;
}

/** An entry as it is stored, its JSON as text. */
export interface EntryText
  extends Omit<ChainedEntry, 'actor' | 'body' | 'sealed' | 'salt'>, SealedText {
  readonly actor: string;
}

/**
 * What does not hold.
 * - the kinds of a {@link ChainBreak};
 * - `replaced`: a checkpoint states another entry;
 * - `late`: it says that it is older than a checkpoint that does not state it;
 * - `head`, `snapshot`: the case is not stored as its newest entry says;
 * - `unreadable`: there stands something that no host writes;
 * - `emptied`: personal values are gone, and no act has erased them;
 * - `kept`: they are there, and an act has erased them;
 * - `forged`: it says that an act has erased the case which has not.
 */
export interface CaseFault {
  readonly seq: number;
  readonly kind:
    | ChainBreak['kind']
    | 'replaced'
    | 'late'
    | 'head'
    | 'snapshot'
    | 'unreadable'
    | ErasureFault['kind'];
  readonly message: string;
}

/** By how much the time of an entry may be before what was already stated, in milliseconds. */
const TOLERANCE = 60_000;

/**
 * Up to when everything was stated before what the next checkpoint states. Where a host's clock was set
 * back in between, by the clock as it was then.
 */
export function coveredBefore(checkpoint: number, coverage: Coverage): number | undefined {
  const covered = coverage.coveredBy(checkpoint);
  const next = coverage.coveredBy(checkpoint + 1);
  return covered === undefined || next === undefined ? covered : Math.min(covered, next);
}

/** Tells whether something says that it is older than what a checkpoint covers which does not state it. */
export function isLate(at: number, covered: number | undefined): boolean {
  return covered !== undefined && at < covered - TOLERANCE;
}

/** Holds one case against its entries and the checkpoints; stops at the first fault. */
export class CaseAudit {
  readonly #facts: CaseFacts;
  readonly #stated: readonly StatedHead[];
  readonly #coverage: Coverage;
  #end: ChainPoint = { seq: 0, hash: GENESIS };
  /** The newest entry. */
  #newest: ChainedEntry | undefined;
  readonly #erasure: ErasureAudit;
  /** How many of the stated heads were met. */
  #met = 0;
  #fault: CaseFault | undefined;

  /**
   * @param stated by the number of the entry and of the checkpoint
   * @param erasures which governance acts have erased it (Default: whatever an entry says)
   */
  constructor(
    facts: CaseFacts,
    stated: readonly StatedHead[],
    coverage: Coverage,
    erasures?: Erasures,
  ) {
    this.#erasure = new ErasureAudit(facts.id, erasures);
    this.#facts = facts;
    this.#stated = stated;
    this.#coverage = coverage;
  }

  /** How many entries no checkpoint states yet. */
  get unstated(): number {
    return Math.max(0, this.#end.seq - (this.#stated.at(-1)?.seq ?? 0));
  }

  /** Takes the next entry of the case. */
  take(text: EntryText): void {
    this.#fault ??= this.#look(text);
  }

  /** Answers what was found first, after all entries. */
  finish(): CaseFault | undefined {
    return this.#fault ?? this.#atEnd() ?? this.#erasure.finish();
  }

  #look(text: EntryText): CaseFault | undefined {
    const entry = readEntry(text);
    const verdict = entry && verifyChain(this.#facts.id, [entry], { after: this.#end });
    if (entry === undefined || verdict === undefined) {
      const message = `Entry ${this.#end.seq + 1} of case ${this.#facts.id} cannot be read: it was edited after it was written.`;
      return { seq: this.#end.seq + 1, kind: 'unreadable', message };
    }
    if (!verdict.ok) return verdict;
    this.#end = verdict.end;
    this.#newest = entry;
    return this.#againstStated(entry) ?? this.#erasure.take(entry);
  }

  #againstStated({ seq, hash, at }: ChainedEntry): CaseFault | undefined {
    const covering = this.#stated[this.#met];
    const before = (covering?.checkpoint ?? this.#coverage.newest + 1) - 1;
    const covered = coveredBefore(before, this.#coverage);
    if (covered !== undefined && isLate(at, covered)) {
      const message = `Entry ${seq} of case ${this.#facts.id} says that it is of ${time(at)}, but checkpoint ${before}, which states all that was saved before ${time(covered)}, does not state it: it was put in or altered afterwards.`;
      return { seq, kind: 'late', message };
    }
    for (let stated = covering; stated?.seq === seq; stated = this.#stated[this.#met]) {
      if (stated.hash !== hash) return this.#replaced(stated, hash);
      this.#met += 1;
    }
    return undefined;
  }

  #replaced(stated: StatedHead, found: string): CaseFault {
    const first = (this.#stated[this.#met - 1]?.seq ?? 0) + 1;
    const which =
      first === stated.seq ? `Entry ${first}` : `One of the entries ${first} to ${stated.seq}`;
    const message = `${which} of case ${this.#facts.id} was replaced: checkpoint ${stated.checkpoint} states that entry ${stated.seq} has the hash ${stated.hash}, and it has ${found}.`;
    return { seq: first, kind: 'replaced', message };
  }

  #atEnd(): CaseFault | undefined {
    const { id, version, head, snapshot } = this.#facts;
    const { seq, hash } = this.#end;
    const missing = this.#stated[this.#met];
    if (missing !== undefined) {
      const message = `The history of case ${id} ends with entry ${seq}, but checkpoint ${missing.checkpoint} states entry ${missing.seq} with the hash ${missing.hash}: entries after ${seq} were taken away.`;
      return { seq: seq + 1, kind: 'truncated', message };
    }
    if (hash !== head || seq !== version) {
      const message = `The history of case ${id} ends with entry ${seq} and the hash ${hash}, but the case says that its newest is entry ${version} with ${head}.`;
      return {
        seq: Math.min(seq, version) + 1,
        kind: seq < version ? 'truncated' : 'head',
        message,
      };
    }
    const newest = this.#newest;
    // Without its salt nobody can say what the digest was made of.
    if (newest !== undefined && isErased(newest)) return undefined;
    const expected = newest?.snapshotDigest ?? '';
    const digest = typeof snapshot === 'string' ? snapshotDigest(snapshot, newest?.salt) : 'none';
    if (digest === expected) return undefined;
    const message = `Case ${id} is not stored as its newest entry (${seq}) left it: the digest of what is stored is ${digest}, and ${expected} was expected.`;
    return { seq, kind: 'snapshot', message };
  }
}

/** Nothing where it is no entry: JSON that cannot be read, or what is no text. */
function readEntry(text: EntryText): ChainedEntry | undefined {
  if ([text.caseId, text.kind, text.hash].some((field) => typeof field !== 'string'))
    return undefined;
  try {
    const actor = JSON.parse(text.actor) as Actor;
    const sealed = readSealed(text);
    if (sealed === undefined) return undefined;
    const { caseId, seq, at, kind, snapshotDigest: digest, previous, hash } = text;
    return {
      ...{ caseId, seq, at, kind, actor },
      ...sealed,
      snapshotDigest: digest,
      previous,
      hash,
    };
  } catch {
    return undefined;
  }
}

function time(at: number): string {
  return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : String(at);
}
