import { digestText } from '../governance/digest.ts';
import { canonicalJson } from '../governance/canonical-json.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Json } from '../kernel/json.ts';
import type { Cases } from '../ports/cases.ts';
import type { Submission } from '../ports/step.ts';
import { taskOver } from './assignment.ts';
import type { StepEnd } from './steps.ts';

/** The digest by which the same submission is known again. */
export function submissionDigest(content: unknown): string {
  return digestText(canonicalJson(content));
}

/**
 * The stored answer to a key; `undefined` for one that is new.
 * @throws `TrellisError` with code `submission-reused`.
 */
export async function knownSubmission(
  cases: Pick<Cases, 'submission'>,
  key: string | undefined,
  digest: string,
): Promise<Json | undefined> {
  if (key === undefined) return undefined;
  const known = await cases.submission(key);
  if (known === undefined) return undefined;
  if (known.digest !== digest) throw reused();
  return known.answer;
}

/** What a step stores for a key, if there is one. */
export function submissionOf(
  key: string | undefined,
  digest: string,
  answer: Json,
  at: number,
): { readonly submission?: Submission } {
  return key === undefined ? {} : { submission: { key, digest, answer, at } };
}

/**
 * The answer to a step with a key: its own, or that of the step that had the key before.
 * @throws `TrellisError` with the code of its refusal, or `submission-reused`.
 */
export function storedAnswer<T>(end: StepEnd, digest: string, answer: T): T {
  if (end.kind === 'saved') return answer;
  if (end.kind === 'refused') throw refused(end);
  if (end.kind !== 'duplicate') throw taskOver();
  if (end.submission.digest !== digest) throw reused();
  return end.submission.answer as T;
}

/** Turns a refusal into what whoever asked is told. */
export function refused(refusal: Extract<StepEnd, { readonly kind: 'refused' }>): TrellisError {
  if (refusal.code === 'stale') return taskOver();
  if (refusal.code === 'refused-data') {
    return new TrellisError('form-refused', refusal.message, { errors: refusal.errors ?? [] });
  }
  return new TrellisError(refusal.code, refusal.message);
}

function reused(): TrellisError {
  return new TrellisError(
    'submission-reused',
    'This form was sent before with other values. Nothing was changed; reload the page and try again.',
  );
}
