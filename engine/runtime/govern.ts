import type { ActDraft } from '../governance/acts.ts';
import { chainActs } from '../governance/acts.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Governance, GovernanceStep } from '../ports/governance.ts';

/** How often a step is thought through anew because others were faster. */
const TRIES = 50;

/** A governance step whose acts have no places yet. */
export interface GovernanceDraft extends Omit<GovernanceStep, 'acts'> {
  /** None where nothing is to be changed: nothing is written then. */
  readonly acts: readonly ActDraft[];
}

/** A draft with what its caller wants to know of it. */
export interface Thought<T> {
  readonly draft: GovernanceDraft;
  readonly answer: T;
}

/**
 * Thinks a governance step through on what stands, and saves it. Where somebody else changed
 * anything meanwhile, it is thought through again on what stands then.
 *
 * @throws `TrellisError` with code `governance-busy` where others are always faster; what `think`
 * throws.
 */
export async function govern<T>(
  { governance, clock }: { readonly governance: Governance; readonly clock: Pick<Clock, 'now'> },
  think: () => Promise<Thought<T>>,
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const newest = await governance.newestAct();
    const { draft, answer } = await think();
    const [first, ...others] = chainActs(newest, draft.acts, clock.now());
    if (first === undefined) return answer;
    if (await governance.commit({ ...draft, acts: [first, ...others] })) return answer;
  }
  throw new TrellisError(
    'governance-busy',
    'Others changed what is in force all the time, so this was not saved. Try again in a moment.',
  );
}
