import { TrellisError } from '../kernel/errors.ts';
import type { Actor, Effect } from '../kernel/effects.ts';
import type { CaseEvent, Modification } from '../kernel/event.ts';
import type { CaseStatus } from '../kernel/case-state.ts';
import type { LedgerEntry } from '../kernel/compile/case-context.ts';
import { caseTimers } from '../kernel/transition/move-timer.ts';
import type { CaseTimer } from '../kernel/transition/move-timer.ts';
import { transition } from '../kernel/transition/transition.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import type { Clock } from '../ports/clock.ts';
import { answerEvent } from './answer-event.ts';
import { momentOf } from './catalogue.ts';
import type { Steps } from './steps.ts';

/** What a person does to a running case, why, and who they are. */
export interface Operation {
  readonly caseId: string;
  readonly reason: string;
  readonly actor: Actor;
}

/** What a change of a running case would come to; nothing of it has happened. */
export interface Preview {
  readonly status: CaseStatus;
  readonly outcome?: string;
  /** Ids of the innermost states the case would be in. */
  readonly states: readonly string[];
  /** What would be asked of the world, called off and begun. */
  readonly effects: readonly Effect[];
  /** What the case has done up to now that can be taken back. */
  readonly ledger: readonly LedgerEntry[];
}

/** What people may do to a case by hand. */
export type HandEvent = Extract<
  CaseEvent,
  { readonly kind: 'suspend' | 'resume' | 'cancel' | 'modify' }
>;

/** The longest reason, in characters. */
const LONGEST_REASON = 500;

/** Changes running cases by hand; every change says why, and stands in the history. */
export class Operations {
  readonly #steps: Steps;
  readonly #clock: Pick<Clock, 'now'>;

  constructor({ steps, clock }: { readonly steps: Steps; readonly clock: Pick<Clock, 'now'> }) {
    this.#steps = steps;
    this.#clock = clock;
  }

  /**
   * Lets nothing of a case, or of the cases that it runs, begin until it is resumed.
   * @throws `TrellisError` with code `no-case`, `no-reason` or `not-possible`.
   */
  async suspend({ caseId, reason, actor }: Operation): Promise<void> {
    await this.#take(caseId, { kind: 'suspend', reason: reasonIn(reason) }, actor);
  }

  /**
   * Lets a suspended case go on; what became due meanwhile is due at once.
   * @throws `TrellisError` with code `no-case`, `no-reason` or `not-possible`.
   */
  async resume({ caseId, reason, actor }: Operation): Promise<void> {
    await this.#take(caseId, { kind: 'resume', reason: reasonIn(reason) }, actor);
  }

  /**
   * Calls a case off with all that it waits for; with `undo` it takes back what it did before it ends.
   * @throws `TrellisError` with code `no-case`, `no-reason` or `not-possible`.
   */
  async cancel({ caseId, reason, actor, undo }: Operation & { undo: boolean }): Promise<void> {
    const plain = undo ? {} : ({ plain: true } as const);
    await this.#take(caseId, { kind: 'cancel', ...plain, reason: reasonIn(reason) }, actor);
  }

  /**
   * Changes what one case carries, or where it is, by hand.
   * @throws `TrellisError` with code `no-case`, `no-reason` or `not-possible`.
   */
  async modify({ caseId, ...change }: Modification & { readonly caseId: string }): Promise<void> {
    const reason = reasonIn(change.reason);
    await this.#take(caseId, { kind: 'modify', ...change, reason }, change.actor);
  }

  /**
   * Lists the timers of a case: the next first.
   * @throws `TrellisError` with code `no-case`.
   */
  async timers(caseId: string): Promise<readonly CaseTimer[]> {
    return caseTimers((await this.#steps.fresh(caseId)).live);
  }

  /**
   * Works out what a change would come to.
   * @throws `TrellisError` with code `no-case` or `not-possible`.
   */
  async preview(caseId: string, event: HandEvent): Promise<Preview> {
    const { definition, live } = await this.#steps.fresh(caseId);
    const moment = momentOf(definition.core, this.#clock.now());
    const result = transition(definition.compiled, live, event, moment);
    if (result.kind === 'refused') throw notPossible(result);
    const { status, outcome, states, effects } = result;
    const ended = outcome === undefined ? {} : { outcome };
    return { status, ...ended, states, effects, ledger: live.context.ledger };
  }

  async #take(caseId: string, event: HandEvent, actor: Actor): Promise<void> {
    const end = await this.#steps.take(caseId, (loaded, now) =>
      answerEvent(loaded, event, actor, now),
    );
    if (end.kind === 'refused') throw notPossible(end);
  }
}

/**
 * Reads a reason that somebody gave.
 * @throws `TrellisError` with code `no-reason`.
 */
export function reasonIn(text: string): string {
  const reason = text.trim();
  if (reason.length > 0 && reason.length <= LONGEST_REASON) return reason;
  throw new TrellisError(
    'no-reason',
    `Say why, in ${LONGEST_REASON} characters at most. It stands in the history of the case.`,
  );
}

function notPossible({ message }: Refusal): TrellisError {
  return new TrellisError('not-possible', `${message} Nothing was changed.`);
}
