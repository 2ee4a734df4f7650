import type { CaseStatus } from '../case-state.ts';
import type { Effect } from '../effects.ts';
import type { LiveCase } from './live-case.ts';

/** What a step came to. Nothing of it has been carried out. */
export interface StepResult {
  readonly kind: 'stepped';
  readonly case: LiveCase;
  readonly effects: readonly Effect[];
  readonly status: CaseStatus;
  readonly outcome?: string;
  /** Ids of the innermost states the case is in now. */
  readonly states: readonly string[];
  /** Paths of the rules that were taken, in order. */
  readonly taken: readonly string[];
}

/**
 * Why an event changed nothing.
 * - `stale`: it answers a visit that is over, or work that has ended already.
 * - `unknown-outcome`: the state's work has no such outcome, or none that holds now.
 * - `not-by`: this person is excluded from completing the task.
 * - `unhandled`: the work failed, and no rule of `failed` says what happens then.
 * - `refused-data`: what it brings does not fit (a form's errors are in `errors`).
 * - `endless`: the rules would lead on without ever coming to rest.
 * - `stuck`: nothing would ever lead on from where the case would be.
 * - `early`: a timer is not due yet, by the clock of who fires it; it can come again when it is.
 * - `suspended`: the case rests; the event can come again when it is resumed.
 * - `not-possible`: what was asked for does not fit how the case stands.
 */
export interface Refusal {
  readonly kind: 'refused';
  readonly code:
    | 'stale'
    | 'unknown-outcome'
    | 'not-by'
    | 'unhandled'
    | 'refused-data'
    | 'endless'
    | 'stuck'
    | 'early'
    | 'suspended'
    | 'not-possible';
  readonly message: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export function refusal(
  code: Refusal['code'],
  message: string,
  errors?: Refusal['errors'],
): Refusal {
  return { kind: 'refused', code, message, ...(errors === undefined ? {} : { errors }) };
}
