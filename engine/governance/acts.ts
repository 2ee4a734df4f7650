/**
 * The hash chain of governance acts: whatever changes what is in force (a release, a published
 * version, an approval, a key) is one act, and each act's hash covers the act and the hash before it.
 */
import type { Actor } from '../kernel/effects.ts';
import type { JsonObject } from '../kernel/json.ts';
import { canonicalJson } from './canonical-json.ts';
import { digestText } from './digest.ts';
import { GENESIS } from './history.ts';

/** What an act can be. */
export type ActKind =
  | 'released'
  | 'published'
  | 'proposed'
  | 'changed-proposal'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'added-key'
  | 'revoked-key'
  /** Of people who sign in. */
  | 'joined'
  | 'left'
  | 'came-back'
  /** Of a draft of a workflow. */
  | 'sent-for-review'
  | 'approved-workflow'
  | 'rejected-workflow'
  | 'withdrew-workflow'
  /** Of a workflow, which begins no cases any more. */
  | 'retired-workflow'
  | 'put-back-workflow'
  /** Of a grant. */
  | 'revoked-grant'
  | 'restored-grant'
  /** Of personal data in cases, records and files. */
  | 'erased-personal-data';

/** An act that has no place in the chain yet. */
export interface ActDraft {
  readonly kind: ActKind;
  readonly actor: Actor;
  readonly body: JsonObject;
}

/** One governance act in its place. */
export interface GovernanceAct {
  /** Starts at 1 and has no gaps. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** An {@link ActKind}, or that of a later version of Trellis. */
  readonly kind: string;
  readonly actor: Actor;
  readonly body: JsonObject;
  readonly previous: string;
  readonly hash: string;
}

/** How far the chain was followed: its newest act. */
export type ActPoint = Pick<GovernanceAct, 'seq' | 'hash'>;

/** What stands before the first act. */
export const NO_ACT: ActPoint = { seq: 0, hash: GENESIS };

/** Gives acts that happen at `at` their places behind the newest. */
export function chainActs(
  newest: ActPoint,
  drafts: readonly ActDraft[],
  at: number,
): readonly GovernanceAct[] {
  let end = newest;
  return drafts.map((draft) => {
    const facts = { ...draft, seq: end.seq + 1, at, previous: end.hash };
    const act = { ...facts, hash: actHash(facts) };
    end = act;
    return act;
  });
}

/** Works out an act's hash: SHA-256 over the RFC 8785 canonical JSON of it and the hash before. */
export function actHash(act: Omit<GovernanceAct, 'hash'>): string {
  const { seq, at, kind, actor, body, previous } = act;
  return digestText(canonicalJson({ seq, at, kind, actor: { ...actor }, body, previous }));
}

/** The first act at which the chain breaks, and how: as of a case's history. */
export interface ActBreak {
  readonly ok: false;
  readonly seq: number;
  readonly kind: 'edited' | 'misplaced' | 'unlinked';
  readonly message: string;
}

/**
 * Verifies acts, oldest first, and names the first bad one. A long chain may come in pages, each
 * `after` the end of the page before. (Default: from the first act.)
 */
export function verifyActs(
  acts: readonly GovernanceAct[],
  after: ActPoint = NO_ACT,
): { readonly ok: true; readonly end: ActPoint } | ActBreak {
  let end = after;
  for (const act of acts) {
    const broken = findBreak(act, end);
    if (broken !== undefined) return { ok: false, seq: end.seq + 1, ...broken };
    end = act;
  }
  return { ok: true, end: { seq: end.seq, hash: end.hash } };
}

function findBreak(
  act: GovernanceAct,
  end: ActPoint,
): Pick<ActBreak, 'kind' | 'message'> | undefined {
  const seq = end.seq + 1;
  if (act.seq !== seq)
    return {
      kind: 'misplaced',
      message: `Governance act ${seq} was expected, but there stands act ${act.seq}: one was taken out, put in or moved.`,
    };
  if (act.hash !== actHash(act))
    return { kind: 'edited', message: `Governance act ${seq} was edited after it was written.` };
  if (act.previous !== end.hash)
    return {
      kind: 'unlinked',
      message: `Governance act ${seq} does not follow from what stands before it: act ${end.seq} was replaced as a whole.`,
    };
  return undefined;
}
