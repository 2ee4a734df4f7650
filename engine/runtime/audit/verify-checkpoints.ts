import type { Checkpoint, CheckpointPoint } from '../../governance/checkpoint.ts';
import {
  NO_CHECKPOINT,
  checkpointFault,
  checkpointHash,
  readLeaf,
} from '../../governance/checkpoint.ts';
import { MerkleRoot } from '../../governance/merkle.ts';
import type { Checkpoints, LeafPart } from '../../ports/checkpoints.ts';
import type { AuditFinding } from './finding.ts';

/** What was found out about all checkpoints. */
export interface CheckpointVerdict {
  readonly found: readonly AuditFinding[];
  readonly newest: Checkpoint | undefined;
  readonly count: number;
  /** The numbers of those whose leaves are what was signed. */
  readonly sound: ReadonlySet<number>;
  /** Up to when each covers, by its number. */
  readonly covers: readonly number[];
  /** The governance acts that sound ones state, each once. */
  readonly acts: readonly StatedAct[];
  /** The ids of some cases that are stated, evenly spread, sorted. */
  readonly sample: readonly string[];
  readonly leaves: number;
}

export interface StatedAct {
  readonly seq: number;
  readonly hash: string;
  readonly checkpoint: number;
}

/** What a checkpoint is held against. */
export interface Trust {
  /** Public keys; none where the key of the first checkpoint is believed. */
  readonly keys: readonly string[];
  /** Checkpoints that were written down elsewhere. (Default: none) */
  readonly anchor?: readonly Checkpoint[];
}

const PAGE = 200;
const PARTS = 10;
/** Of how many stated cases one is remembered. */
const SAMPLED = 1_000;

/** Holds every checkpoint against its signature, the one before, its leaves and the anchor. */
export async function verifyCheckpoints(
  checkpoints: Pick<Checkpoints, 'list' | 'leaves'>,
  trust: Trust,
): Promise<CheckpointVerdict> {
  const verification = new CheckpointVerification(checkpoints, trust);
  let after = 0;
  for (;;) {
    const page = await checkpoints.list(after, PAGE);
    for (const one of page) await verification.take(one);
    const last = page.at(-1)?.number;
    if (page.length < PAGE || last === undefined || last <= after) break;
    after = last;
  }
  return verification.finish();
}

class CheckpointVerification {
  readonly #checkpoints: Pick<Checkpoints, 'leaves'>;
  readonly #anchored: ReadonlyMap<number, readonly string[]>;
  readonly #anchor: readonly Checkpoint[];
  readonly #found: AuditFinding[] = [];
  readonly #sound = new Set<number>();
  readonly #covers: number[] = [];
  readonly #acts: StatedAct[] = [];
  readonly #sample: string[] = [];
  #keys: readonly string[];
  #before: CheckpointPoint = NO_CHECKPOINT;
  /** The one before was not as it was: what the next one follows cannot be told. */
  #isBroken = false;
  #newest: Checkpoint | undefined;
  #count = 0;
  #leaves = 0;

  constructor(checkpoints: Pick<Checkpoints, 'leaves'>, { keys, anchor = [] }: Trust) {
    this.#checkpoints = checkpoints;
    this.#keys = keys;
    this.#anchor = anchor;
    const anchored = new Map<number, string[]>();
    for (const { number, signature } of anchor) {
      anchored.set(number, [...(anchored.get(number) ?? []), signature]);
    }
    this.#anchored = anchored;
  }

  async take(one: Checkpoint): Promise<void> {
    if (this.#keys.length === 0) this.#keys = [one.key];
    const before = this.#isBroken ? { ...this.#before, hash: one.previous } : this.#before;
    const fault = checkpointFault(one, before, this.#keys) ?? this.#againstAnchor(one);
    const leafFault = fault ?? (await this.#againstLeaves(one));
    if (leafFault === undefined) this.#believe(one);
    else this.#add('checkpoint', before.number + 1, 'checkpoint', leafFault);
    this.#isBroken = fault !== undefined;
    this.#before = { number: one.number, hash: checkpointHash(one) };
    this.#newest = one;
    this.#count += 1;
  }

  finish(): CheckpointVerdict {
    const last = this.#newest?.number ?? 0;
    const missing = this.#anchor.find(({ number }) => number > last);
    if (missing !== undefined) {
      const message = `The anchor has checkpoint ${missing.number}, but the database ends with checkpoint ${last}: its end was cut off, or it is an earlier state of it.`;
      this.#add('anchor', missing.number, 'truncated', message);
    }
    return {
      ...{ found: this.#found, newest: this.#newest, count: this.#count },
      ...{ sound: this.#sound, covers: this.#covers, acts: this.#acts },
      ...{ sample: this.#sample.sort(), leaves: this.#leaves },
    };
  }

  #believe({ number, covers, act }: Checkpoint): void {
    this.#sound.add(number);
    this.#covers[number] = covers;
    if (act.seq > 0 && act.seq !== this.#acts.at(-1)?.seq) {
      this.#acts.push({ ...act, checkpoint: number });
    }
  }

  #againstAnchor({ number, signature }: Checkpoint): string | undefined {
    const anchored = this.#anchored.get(number);
    if (anchored === undefined || anchored.includes(signature)) {
      return anchored === undefined || anchored.length === 1
        ? undefined
        : `The anchor has checkpoint ${number} ${anchored.length} times, and not alike: the database went back to an earlier state and on from there.`;
    }
    return `Checkpoint ${number} is another than the anchor has: the database was rebuilt, or went on from an earlier state.`;
  }

  async #againstLeaves({ number, leaves, root }: Checkpoint): Promise<string | undefined> {
    const tree = new MerkleRoot();
    let [parts, count, last] = [0, 0, ''];
    for await (const part of partsOf(this.#checkpoints, number)) {
      parts += 1;
      if (part.part !== parts)
        return `Part ${parts} of the leaves of checkpoint ${number} was expected, but there stands part ${part.part}.`;
      for (const leaf of part.leaves) {
        const head = readLeaf(leaf);
        if (head === undefined || head.caseId <= last)
          return `Leaf ${count + 1} of checkpoint ${number} was edited, put in or moved: "${leaf.slice(0, 200)}".`;
        last = head.caseId;
        tree.add(leaf);
        count += 1;
        this.#remember(last);
      }
    }
    if (count !== leaves)
      return `Checkpoint ${number} states ${leaves} cases, but ${count} leaves of it are there.`;
    if (tree.hash() === root) return undefined;
    return `The leaves of checkpoint ${number} lead to the root ${tree.hash()}, and ${root} was signed: one of them was altered.`;
  }

  #remember(caseId: string): void {
    if (this.#leaves % SAMPLED === 0) this.#sample.push(caseId);
    this.#leaves += 1;
  }

  #add(of: AuditFinding['of'], seq: number, kind: string, message: string): void {
    this.#found.push({ of, name: String(seq), seq, kind, message });
  }
}

/** The leaves of a checkpoint, in their order. */
export async function* partsOf(
  checkpoints: Pick<Checkpoints, 'leaves'>,
  number: number,
): AsyncGenerator<LeafPart> {
  let after = 0;
  for (;;) {
    const parts = await checkpoints.leaves(number, after, PARTS);
    yield* parts;
    const last = parts.at(-1)?.part;
    if (parts.length < PARTS || last === undefined || last <= after) return;
    after = last;
  }
}
