import { TrellisError } from '../kernel/errors.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import type { Cases, CommitResult } from '../ports/cases.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Step, StoredCase, Submission } from '../ports/step.ts';
import type { FirstBefore } from './start-case.ts';
import type { Before } from './build-step.ts';
import { buildStep } from './build-step.ts';
import type { CaseCache } from './case-cache.ts';
import type { Catalogue } from './catalogue.ts';
import type { Committer } from './committer.ts';
import type { Draft, Note } from './draft.ts';
import type { LinkTokens } from './link-tokens.ts';
import type { LoadedCase } from './loaded-case.ts';
import { restored } from './restored.ts';
import type { Turns } from './turns.ts';

/** How many times a step is tried again when another host was faster. */
const ATTEMPTS = 8;

const IN_ARCHIVE = 'The case lies in the archive: it can be read, and is not changed any more.';

/**
 * How a step ended: `saved` and durable; `refused` by the kernel; `fenced` or `taken` because the
 * job or message that it answers was already dealt with; `duplicate` with the answer of before.
 */
export type StepEnd =
  | { readonly kind: 'saved'; readonly after: StoredCase }
  | Refusal
  | { readonly kind: 'fenced' | 'taken' }
  | { readonly kind: 'duplicate'; readonly submission: Submission };

/** Looks at a case, and at what is stored beside it, and says what to write, or why nothing. */
export type Decide = (
  loaded: LoadedCase,
  now: number,
) => Draft | Refusal | Promise<Draft | Refusal>;

/** Says what to write beside a case whose state stays as it is. */
export type TakeNote = (stored: StoredCase, now: number) => Note;

/** Takes into this host's hand what a step asks for, before and after it is saved. */
export interface Hand {
  /** Answers the step to save, its due jobs claimed where there is room for them. */
  claim(step: Step): Step;
  /** Told of every saved step; must not throw. */
  saved(step: Step): void;
  /** Told of every step that was claimed and is not saved, or nobody knows; must not throw. */
  unsaved(step: Step): void;
}

interface Parts {
  readonly cases: Pick<Cases, 'load' | 'history'>;
  readonly committer: Committer;
  readonly catalogue: Catalogue;
  readonly cache: CaseCache;
  readonly turns: Turns;
  readonly tokens: LinkTokens;
  readonly ids: Pick<Ids, 'salt'>;
  readonly clock: Clock;
  /** (Default: what steps ask for is left to whoever claims it) */
  readonly hand?: Hand;
}

/** Takes cases one step further: load, decide, save; all steps of all cases go through here. */
export class Steps {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Saves the first step of a case, at the moment for which it was worked out. */
  async create(first: FirstBefore, draft: Draft, now: number): Promise<StepEnd> {
    return this.#parts.turns.take(first.stored.id, async () => {
      const { step, after } = this.#built(first, draft, now);
      const result = await this.#commit(step);
      if (result.kind === 'stale') return { kind: 'taken' };
      const { result: begun } = draft;
      const { definition } = first;
      return this.#ended(result, step, begun && { stored: after, live: begun.case, definition });
    });
  }

  /**
   * Takes a case one step further. The decision is made again where another host saved a step of
   * the case in between; it must have no effects of its own.
   *
   * @throws `TrellisError` with code `no-case`, or `contended` when the case never comes to rest.
   */
  async take(caseId: string, decide: Decide): Promise<StepEnd> {
    return this.#inTurn(caseId, () => this.#attempt(caseId, decide));
  }

  /**
   * Writes a step that leaves the state of the case as it is. The case is not restored: one whose
   * definition cannot be read any more can still have an incident.
   *
   * @throws `TrellisError` with code `no-case`, `contended`, or `not-possible` for one in the archive.
   */
  async note(caseId: string, take: TakeNote): Promise<StepEnd> {
    return this.#inTurn(caseId, async () => {
      const { cache, clock } = this.#parts;
      const stored = await this.#stored(caseId);
      if (stored.archivedAt !== undefined) {
        throw new TrellisError('not-possible', `${IN_ARCHIVE} Nothing was written.`, { caseId });
      }
      const now = clock.now();
      const { step, after } = this.#built({ stored }, take(stored, now), now);
      const known = cache.get(caseId);
      const result = await this.#commit(step);
      if (result.kind === 'stale') return 'stale';
      const loaded = known?.stored.version === stored.version ? known : undefined;
      return this.#ended(result, step, loaded && { ...loaded, stored: after });
    });
  }

  /**
   * The case as it is remembered, or as it is stored where it is not. Another host may have taken
   * it further since.
   *
   * @throws `TrellisError` with code `no-case`.
   */
  async load(caseId: string): Promise<LoadedCase> {
    return this.#parts.cache.get(caseId) ?? (await this.fresh(caseId));
  }

  /**
   * The case as it is stored now.
   * @throws `TrellisError` with code `no-case`.
   */
  async fresh(caseId: string): Promise<LoadedCase> {
    const { catalogue, cache, cases } = this.#parts;
    const stored = await this.#stored(caseId);
    const known = cache.get(caseId);
    // A step may have been saved while the case was read.
    if (known !== undefined && isSameOrLater(known.stored, stored)) return known;
    const loaded = await restored(stored, catalogue, cases);
    cache.put(loaded);
    return loaded;
  }

  async #stored(caseId: string): Promise<StoredCase> {
    const stored = await this.#parts.cases.load(caseId);
    if (stored !== undefined) return stored;
    throw new TrellisError('no-case', `There is no case ${caseId}.`, { caseId });
  }

  /** Runs a step in the case's turn, and again where another host was faster. */
  #inTurn(caseId: string, attempt: () => Promise<StepEnd | 'stale'>): Promise<StepEnd> {
    return this.#parts.turns.take(caseId, async () => {
      for (let tries = 1; tries <= ATTEMPTS; tries += 1) {
        const end = await attempt();
        if (end !== 'stale') return end;
      }
      throw new TrellisError(
        'contended',
        'Other hosts keep changing this case. Nothing was written; try again in a moment.',
        { caseId },
      );
    });
  }

  async #attempt(caseId: string, decide: Decide): Promise<StepEnd | 'stale'> {
    const loaded = await this.load(caseId);
    const now = this.#parts.clock.now();
    const decided = decide(loaded, now);
    const draft = decided instanceof Promise ? await decided : decided;
    if ('kind' in draft) return (await this.#isNewest(loaded)) ? draft : 'stale';
    if (loaded.stored.archivedAt !== undefined) return refusal('not-possible', IN_ARCHIVE);
    const { step, after } = this.#built(loaded, draft, now);
    const result = await this.#commit(step);
    if (result.kind === 'stale') {
      this.#parts.cache.forget(caseId);
      return 'stale';
    }
    const live = draft.result?.case ?? loaded.live;
    const definition = draft.definition ?? loaded.definition;
    return this.#ended(result, step, { stored: after, live, definition });
  }

  /** What is refused is not saved, so the store has not said whether the case is still like that. */
  async #isNewest(loaded: LoadedCase): Promise<boolean> {
    const { stored } = await this.fresh(loaded.stored.id);
    return stored.version === loaded.stored.version;
  }

  #built(before: Before, draft: Draft, now: number): ReturnType<typeof buildStep> {
    const { step, after } = buildStep(before, draft, now, this.#parts);
    return { step: this.#parts.hand?.claim(step) ?? step, after };
  }

  /** When a commit fails nobody knows what was saved: the case is read again next time. */
  async #commit(step: Step): Promise<CommitResult> {
    const { committer, cache, hand } = this.#parts;
    try {
      const result = await committer.commit(step);
      if (result.kind !== 'saved') hand?.unsaved(step);
      return result;
    } catch (error) {
      hand?.unsaved(step);
      cache.forget(step.case.id);
      throw error;
    }
  }

  /** `after` is the case as it is now, where it is to be remembered. */
  #ended(result: CommitResult, step: Step, after: LoadedCase | undefined): StepEnd {
    if (result.kind === 'duplicate') return result;
    if (result.kind !== 'saved') return { kind: result.kind === 'fenced' ? 'fenced' : 'taken' };
    if (after === undefined) this.#parts.cache.forget(step.case.id);
    else this.#parts.cache.put(after);
    this.#parts.hand?.saved(step);
    return { kind: 'saved', after: step.case };
  }
}

/** What is remembered of a case is of no use once it lies in the archive. */
function isSameOrLater(known: StoredCase, stored: StoredCase): boolean {
  return known.version >= stored.version && known.archivedAt === stored.archivedAt;
}
