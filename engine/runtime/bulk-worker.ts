import { setImmediate } from 'node:timers/promises';
import { TrellisError } from '../kernel/errors.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { BulkCase, BulkOperation } from '../ports/bulk.ts';
import type { Clock } from '../ports/clock.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { ClaimedJob, StoredCase } from '../ports/step.ts';
import type { Store } from '../ports/store.ts';
import type { Catalogue } from './catalogue.ts';
import { bulkDraft } from './bulk-change.ts';
import { outlookOf } from './bulk-outlook.ts';
import { selectedCases } from './bulk-selection.ts';
import type { GivenUp } from './incidents.ts';
import type { LoadedCase } from './loaded-case.ts';
import { restored } from './restored.ts';
import type { Steps } from './steps.ts';

export interface BulkParts {
  readonly store: Pick<Store, 'bulk' | 'cases' | 'worklist' | 'incidents'>;
  readonly steps: Steps;
  readonly catalogue: Catalogue;
  readonly clock: Pick<Clock, 'now'>;
  /** Told when there is more to do. */
  readonly onMore: () => void;
}

/** How many cases are looked at, and how many are changed, before others may have their turn. */
const PREPARED_AT_ONCE = 200;
const CHANGED_AT_ONCE = 50;
/** How many are looked at one after the other before requests may have their turn. */
const UNINTERRUPTED = 10;
/** How often a case is tried that fails by a defect. */
const MOST_TRIES = 3;

/**
 * Goes on with operations on many cases, some cases at a time: their jobs are claimed like others,
 * and what was done is stored case by case, so that a host that dies leaves nothing undone or done
 * twice.
 */
export class BulkWorker {
  readonly #parts: BulkParts;

  constructor(parts: BulkParts) {
    this.#parts = parts;
  }

  /** Goes on with the operation of a job; the job comes again while there is more to do. */
  async run(job: ClaimedJob, jobs: Pick<Jobs, 'postpone' | 'finish'>): Promise<void> {
    const isMore = await this.advance(job.caseId, job.tries);
    if (!isMore) {
      await jobs.finish(job);
      return;
    }
    await jobs.postpone(job, this.#parts.clock.now(), 'untried');
    this.#parts.onMore();
  }

  /**
   * Goes on with an operation, some cases further; answers whether there is more to do. Where a case
   * fails by a defect or because the store does, nothing is said of it in the first tries.
   */
  async advance(id: string, tries = 1): Promise<boolean> {
    const operation = await this.#parts.store.bulk.operation(id);
    if (operation?.status === 'preparing') return this.#prepare(operation);
    return operation?.status === 'running' ? this.#carryOut(operation, tries) : false;
  }

  /** Stops an operation that cannot go on. */
  async giveUp({ caseId: id }: ClaimedJob, { message }: GivenUp): Promise<void> {
    const { store, clock } = this.#parts;
    const operation = await store.bulk.operation(id);
    if (operation === undefined) return;
    const changedAt = clock.now();
    await store.bulk.move(operation, { status: 'stopped', problem: message, changedAt });
  }

  async #prepare(operation: BulkOperation): Promise<boolean> {
    const { store, clock } = this.#parts;
    const { ids, next } = await selectedCases(operation, store, PREPARED_AT_ONCE);
    const found = await Promise.all(ids.map((id) => store.cases.load(id)));
    const cases: BulkCase[] = [];
    for (const [index, id] of ids.entries()) {
      const prepared = await this.#prepared(operation, id, found[index]);
      if (prepared !== undefined) cases.push(prepared);
      if (index % UNINTERRUPTED === 0) await setImmediate();
    }
    const isMine = await store.bulk.prepare(operation, cases, next ?? operation.cursor);
    if (isMine && next === undefined) {
      await store.bulk.move(operation, { status: 'prepared', changedAt: clock.now() });
    }
    return next !== undefined || !isMine;
  }

  async #prepared(
    operation: BulkOperation,
    caseId: string,
    stored: StoredCase | undefined,
  ): Promise<BulkCase | undefined> {
    const about = { caseId, reference: stored?.reference ?? caseId, version: stored?.version ?? 0 };
    const worked =
      stored === undefined
        ? refusal('not-possible', 'There is no such case any more.')
        : await this.#workedOut(operation, stored).catch((error: unknown) =>
            refusal('not-possible', whyNot(error, MOST_TRIES)),
          );
    if (worked === undefined) return undefined;
    if (worked.kind === 'refused') return { ...about, result: 'cannot', message: worked.message };
    return { ...about, result: 'ready', outlook: worked.outlook };
  }

  async #workedOut(
    operation: BulkOperation,
    stored: StoredCase,
  ): Promise<Refusal | { readonly kind: 'fits'; readonly outlook: JsonObject } | undefined> {
    const { store, catalogue, clock } = this.#parts;
    const since = await this.#changedSince(operation, stored.id);
    if (since !== undefined) return since;
    const loaded = await restored(stored, catalogue, store.cases);
    const draft = await bulkDraft(operation, loaded, clock.now(), { catalogue, ...store });
    if (draft === undefined || 'kind' in draft) return draft;
    return { kind: 'fits', outlook: outlookOf(loaded, draft) as unknown as JsonObject };
  }

  /** What another operation did is taken back only where nobody did something like it afterwards. */
  async #changedSince(
    { change, selection, undoes }: BulkOperation,
    caseId: string,
  ): Promise<Refusal | undefined> {
    if (undoes === undefined || selection.kind !== 'operation') return undefined;
    // What was filled is held against what stands there now, whatever else has happened.
    if (change.kind === 'take-out') return undefined;
    const { bulk, cases } = this.#parts.store;
    const done = await bulk.case(undoes, caseId);
    const later = await cases.history(caseId, done?.version);
    if (!later.some(({ kind }) => kind === 'suspend' || kind === 'resume')) return undefined;
    return refusal('not-possible', 'Somebody has suspended or resumed it since.');
  }

  async #carryOut(operation: BulkOperation, tries: number): Promise<boolean> {
    const { store, clock } = this.#parts;
    const ready = await store.bulk.ready(operation.id, CHANGED_AT_ONCE);
    if (ready.length === 0) {
      await store.bulk.move(operation, { status: 'done', changedAt: clock.now() });
      return false;
    }
    const ends = await Promise.allSettled(ready.map((one) => this.#change(operation, one, tries)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return true;
  }

  async #change(operation: BulkOperation, one: BulkCase, tries: number): Promise<void> {
    const why = await this.#take(operation, one).catch((error: unknown) => whyNot(error, tries));
    if (why !== undefined) await this.#parts.store.bulk.refuse(operation.id, one.caseId, why);
  }

  /** Takes the step of one case; answers why it could not be taken. */
  async #take(operation: BulkOperation, one: BulkCase): Promise<string | undefined> {
    const { steps, store, catalogue } = this.#parts;
    const end = await steps.take(one.caseId, async (loaded, now) => {
      const draft = await bulkDraft(operation, loaded, now, { catalogue, ...store });
      if (draft === undefined) return refusal('not-possible', 'Nothing is empty there any more.');
      if ('kind' in draft) return draft;
      if (isAnother(one, loaded, outlookOf(loaded, draft))) return goneOn();
      return { ...draft, bulk: operation.id };
    });
    if (end.kind === 'refused') return end.message;
    if (end.kind === 'saved') return undefined;
    // Somebody has stopped the operation, or another host was first: then it is not ready any more.
    const { status } = (await store.bulk.operation(operation.id)) ?? {};
    return status === 'running' ? 'Something else happened to it at the same moment.' : undefined;
  }
}

/** Tells whether something else would become of a case than what was shown. */
function isAnother({ version, outlook }: BulkCase, { stored }: LoadedCase, now: object): boolean {
  return stored.version !== version && JSON.stringify(now) !== JSON.stringify(outlook);
}

function goneOn(): Refusal {
  return refusal(
    'not-possible',
    'It has gone on since this was prepared, and something else would become of it now.',
  );
}

/** Why a case cannot be changed; what may be passing is tried again with the whole job. */
function whyNot(error: unknown, tries: number): string {
  if (error instanceof TrellisError) return error.message;
  if (tries < MOST_TRIES) throw error;
  return `It could not be done: ${error instanceof Error ? error.message : String(error)}`;
}
