import { TrellisError } from '../kernel/errors.ts';
import type { CaseState } from '../kernel/case-state.ts';
import { restore } from '../kernel/transition/live-case.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import type { Cases, CommitResult } from '../ports/cases.ts';
import type { Clock } from '../ports/clock.ts';
import type { Step, StoredCase, Submission } from '../ports/step.ts';
import type { Before } from './build-step.ts';
import { buildStep } from './build-step.ts';
import type { CaseCache } from './case-cache.ts';
import type { Catalogue } from './catalogue.ts';
import type { Committer } from './committer.ts';
import type { Draft } from './draft.ts';
import type { LinkTokens } from './link-tokens.ts';
import type { LoadedCase } from './loaded-case.ts';
import type { Turns } from './turns.ts';

/** How many times a step is tried again when another host was faster. */
const ATTEMPTS = 8;

/**
 * How a step ended: `saved` and durable; `refused` by the kernel; `fenced` or `taken` because the
 * job or message that it answers was already dealt with; `duplicate` with the answer of before.
 */
export type StepEnd =
  | { readonly kind: 'saved'; readonly after: StoredCase }
  | Refusal
  | { readonly kind: 'fenced' | 'taken' }
  | { readonly kind: 'duplicate'; readonly submission: Submission };

/** Looks at a case and says what to write, or why nothing. */
export type Decide = (loaded: LoadedCase, now: number) => Draft | Refusal;

/** Told of every saved step; must not throw. */
export type OnSaved = (step: Step) => void;

interface Parts {
  readonly cases: Pick<Cases, 'load'>;
  readonly committer: Committer;
  readonly catalogue: Catalogue;
  readonly cache: CaseCache;
  readonly turns: Turns;
  readonly tokens: LinkTokens;
  readonly clock: Clock;
  readonly onSaved: OnSaved;
}

/** Takes cases one step further: load, decide, save; all steps of all cases go through here. */
export class Steps {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Saves the first step of a case. */
  async create(first: Before, draft: Draft): Promise<StepEnd> {
    return this.#parts.turns.take(first.stored.id, async () => {
      const { step, after } = buildStep(first, draft, this.#parts.clock.now(), this.#parts.tokens);
      const result = await this.#parts.committer.commit(step);
      if (result.kind === 'stale') return { kind: 'taken' };
      return this.#ended(result, step, first, draft, after);
    });
  }

  /**
   * Takes a case one step further. The decision is made again where another host saved a step of
   * the case in between; it must have no effects of its own.
   *
   * @throws `TrellisError` with code `no-case`, or `contended` when the case never comes to rest.
   */
  async take(caseId: string, decide: Decide): Promise<StepEnd> {
    return this.#parts.turns.take(caseId, async () => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const end = await this.#attempt(caseId, decide);
        if (end !== 'stale') return end;
      }
      throw new TrellisError(
        'contended',
        'Other hosts keep changing this case. Nothing was written; try again in a moment.',
        { caseId },
      );
    });
  }

  /** @throws `TrellisError` with code `no-case`. */
  async load(caseId: string): Promise<LoadedCase> {
    const cached = this.#parts.cache.get(caseId);
    if (cached !== undefined) return cached;
    const stored = await this.#parts.cases.load(caseId);
    if (stored === undefined) {
      throw new TrellisError('no-case', `There is no case ${caseId}.`, { caseId });
    }
    const { catalogue, cache } = this.#parts;
    const definition = await catalogue.version(stored.workflow, stored.workflowVersion);
    const state = JSON.parse(stored.snapshot) as CaseState;
    const loaded = { stored, live: restore(state, definition.compiled), definition };
    cache.put(loaded);
    return loaded;
  }

  async #attempt(caseId: string, decide: Decide): Promise<StepEnd | 'stale'> {
    const loaded = await this.load(caseId);
    const now = this.#parts.clock.now();
    const draft = decide(loaded, now);
    if ('kind' in draft) return draft;
    const { step, after } = buildStep(loaded, draft, now, this.#parts.tokens);
    const result = await this.#commit(step, caseId);
    if (result.kind === 'stale') {
      this.#parts.cache.forget(caseId);
      return 'stale';
    }
    return this.#ended(result, step, loaded, draft, after);
  }

  /** When a commit fails nobody knows what was saved: the case is read again next time. */
  async #commit(step: Step, caseId: string): Promise<CommitResult> {
    try {
      return await this.#parts.committer.commit(step);
    } catch (error) {
      this.#parts.cache.forget(caseId);
      throw error;
    }
  }

  #ended(
    result: CommitResult,
    step: Step,
    before: Before,
    draft: Draft,
    after: StoredCase,
  ): StepEnd {
    if (result.kind === 'duplicate') return result;
    if (result.kind !== 'saved') return { kind: result.kind === 'fenced' ? 'fenced' : 'taken' };
    const live = draft.result?.case ?? before.live;
    if (live !== undefined) {
      this.#parts.cache.put({ stored: after, live, definition: before.definition });
    }
    this.#parts.onSaved(step);
    return { kind: 'saved', after };
  }
}
