import { canonicalJson } from '../governance/canonical-json.ts';
import { digestText } from '../governance/digest.ts';
import type { Json } from '../kernel/json.ts';
import type { Submission } from '../ports/step.ts';

/** The case that is there already for a value of `once`. */
export interface OnlyCase {
  readonly caseId: string;
  readonly reference: string;
}

/** Beside the keys of forms and programs, which are digests. */
const PREFIX = 'once/';

/**
 * Makes a case the only one of its workflow for a value: the store keeps the key, and saves no other
 * case with it. The key knows neither version nor start, so that one case is meant over all of them.
 */
export function onceFor(workflow: string, value: Json, only: OnlyCase, at: number): Submission {
  const digest = digestText(canonicalJson(value));
  return { key: `${PREFIX}${workflow}/${digest}`, digest, answer: { ...only }, at };
}

/** The case that kept another from beginning, where one did. */
export function onlyCaseOf({
  submission,
}: {
  readonly kind: string;
  readonly submission?: Submission;
}): OnlyCase | undefined {
  if (submission?.key.startsWith(PREFIX) !== true) return undefined;
  return submission.answer as unknown as OnlyCase;
}
