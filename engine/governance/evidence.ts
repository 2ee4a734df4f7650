/**
 * One case's history as a file that verifies without the database: its entries, and a path from one of
 * them to the root that a signed checkpoint states.
 */
import type { Json } from '../kernel/json.ts';
import { isCheckpoint } from './anchor-lines.ts';
import type { Checkpoint } from './checkpoint.ts';
import { isSigned, leafText } from './checkpoint.ts';
import { ErasureAudit } from './erasure/erasure-audit.ts';
import { isSealed } from './erasure/read-sealed.ts';
import { isErased } from './erasure/sealed.ts';
import type { ChainedEntry } from './history.ts';
import { verifyChain } from './history.ts';
import type { MerkleStep } from './merkle.ts';
import { rootOfPath } from './merkle.ts';

const FORMAT = 'trellis/evidence/1';

export interface Evidence {
  readonly format: typeof FORMAT;
  readonly caseId: string;
  /** All of them, oldest first. */
  readonly entries: readonly ChainedEntry[];
  /** The newest entry that a checkpoint states; those behind it are held by their chain alone. */
  readonly stated: {
    readonly seq: number;
    readonly path: readonly MerkleStep[];
    readonly checkpoint: Checkpoint;
  };
}

/** By what evidence is believed: keys, or checkpoints that were written down; at least one of them. */
export interface EvidenceTrust {
  readonly keys: readonly string[];
  readonly anchor: readonly Checkpoint[];
}

export type EvidenceVerdict =
  /** `erased` are the entries whose personal values an act has erased. */
  | { readonly ok: true; readonly evidence: Evidence; readonly erased: readonly number[] }
  | { readonly ok: false; readonly message: string };

export function makeEvidence(facts: Omit<Evidence, 'format'>): Evidence {
  return { format: FORMAT, ...facts };
}

/** Verifies evidence, of which nothing is believed, and says what does not hold. */
export function checkEvidence(value: unknown, trust: EvidenceTrust): EvidenceVerdict {
  const evidence = readEvidence(value);
  if (evidence === undefined)
    return refused(`It is no evidence: expected what "trellis audit export" writes (${FORMAT}).`);
  const { caseId, entries, stated } = evidence;
  const verdict = verifyChain(caseId, entries);
  if (!verdict.ok) return refused(verdict.message);
  const erasure = new ErasureAudit(caseId);
  const fault = entries.map((entry) => erasure.take(entry)).find((one) => one !== undefined);
  const emptied = fault ?? erasure.finish();
  if (emptied !== undefined) return refused(emptied.message);
  const { checkpoint, seq, path } = stated;
  const entry = entries[seq - 1];
  if (entry === undefined)
    return refused(`Checkpoint ${checkpoint.number} is to state entry ${seq}, which is not there.`);
  const root = rootOfPath(leafText({ caseId, seq, hash: entry.hash }), path);
  if (root !== checkpoint.root)
    return refused(
      `Checkpoint ${checkpoint.number} does not state entry ${seq} as it is here: the path leads to the root ${root}, and ${checkpoint.root} was signed.`,
    );
  if (!isSigned(checkpoint))
    return refused(`Checkpoint ${checkpoint.number} is not what was signed.`);
  const distrust = whyNotBelieved(checkpoint, trust);
  if (distrust !== undefined) return refused(distrust);
  const erased = entries.filter(isErased).map(({ seq: entrySeq }) => entrySeq);
  return { ok: true, evidence, erased };
}

function whyNotBelieved(
  { number, key, signature }: Checkpoint,
  { keys, anchor }: EvidenceTrust,
): string | undefined {
  if (keys.length > 0 && !keys.includes(key))
    return `Checkpoint ${number} is signed by the key ${key}. Expected ${keys.join(' or ')}.`;
  if (anchor.length === 0) return undefined;
  const isAnchored = anchor.some((one) => one.number === number && one.signature === signature);
  return isAnchored ? undefined : `The anchor does not have checkpoint ${number} as it is here.`;
}

function refused(message: string): EvidenceVerdict {
  return { ok: false, message };
}

type Fields = Readonly<Record<string, unknown>>;

function readEvidence(value: unknown): Evidence | undefined {
  if (!isObject(value) || value['format'] !== FORMAT || typeof value['caseId'] !== 'string')
    return undefined;
  const { entries, stated } = value as { readonly entries: unknown; readonly stated: unknown };
  if (!Array.isArray(entries) || !entries.every(isEntry)) return undefined;
  return isStated(stated) ? (value as unknown as Evidence) : undefined;
}

function isStated(value: unknown): boolean {
  if (!isObject(value) || !isCheckpoint(value['checkpoint'])) return false;
  const { seq, path } = value as { readonly seq: unknown; readonly path: unknown };
  return Number.isSafeInteger(seq) && Array.isArray(path) && path.every(isStep);
}

function isStep(value: unknown): boolean {
  if (!isObject(value) || typeof value['hash'] !== 'string') return false;
  return /^[0-9a-f]{64}$/u.test(value['hash']) && /^(left|right)$/u.test(String(value['side']));
}

const TEXTS = ['caseId', 'kind', 'snapshotDigest', 'previous', 'hash'];

function isEntry(value: unknown): boolean {
  return (
    isObject(value) &&
    TEXTS.every((name) => typeof value[name] === 'string') &&
    Number.isSafeInteger(value['seq']) &&
    Number.isSafeInteger(value['at']) &&
    isObject(value['actor']) &&
    value['body'] !== undefined &&
    (value['sealed'] === undefined || isSealed(value['sealed'] as Json)) &&
    (value['salt'] === undefined || typeof value['salt'] === 'string')
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
