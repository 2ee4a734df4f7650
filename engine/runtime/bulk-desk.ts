import type { Actor } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type {
  BulkChange,
  BulkOperation,
  BulkOperations,
  BulkSelection,
  BulkStatus,
} from '../ports/bulk.ts';
import type { Fill } from '../kernel/transition/fill-absent.ts';
import { checkFill } from '../kernel/transition/fill-absent.ts';
import type { Cases } from '../ports/cases.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Job } from '../ports/step.ts';
import type { Catalogue } from './catalogue.ts';
import { reasonIn } from './operations.ts';

/** What is to be done to which cases. */
export interface BulkOrder {
  readonly change: BulkChange;
  readonly selection: BulkSelection;
  readonly actor: Actor;
}

interface Parts {
  readonly bulk: BulkOperations;
  readonly catalogue: Pick<Catalogue, 'version'>;
  readonly cases: Pick<Cases, 'versionsInUse'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Pick<Ids, 'next'>;
  /** Told when there is something to do. */
  readonly onStored: () => void;
}

/** The changes that can be taken back as a whole, and by what. */
const INVERSE = { suspend: 'resume', resume: 'suspend', backfill: 'take-out' } as const;

/** Changing many cases at once: prepared, looked at, started, stopped and taken back by people. */
export class BulkDesk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Has worked out what a change would make of each case; nothing happens to them. Answers the id of
   * the operation.
   * @throws `TrellisError` with code `no-workflow`, `nothing-chosen`, or `bad-value` for what fills a
   * field in no release of a running case.
   */
  async prepare(order: BulkOrder): Promise<string> {
    const { change } = order;
    if (change.kind === 'migrate') {
      await this.#parts.catalogue.version(change.workflow, change.to);
    }
    if (change.kind === 'backfill') await this.#checkFill(change);
    return this.#add({ ...order, selection: selectionOf(order) });
  }

  /**
   * Begins to change the cases of a prepared operation.
   * @throws `TrellisError` with code `no-operation`, `operation-moved` or `no-reason`.
   */
  async start(
    id: string,
    { reason, actor }: { readonly reason: string; readonly actor: Actor },
  ): Promise<void> {
    const operation = await this.#in(id, ['prepared']);
    await this.#move(operation, { status: 'running', reason: reasonIn(reason), actor });
  }

  /**
   * Changes no case any more; those that were changed stay so.
   * @throws `TrellisError` with code `no-operation` or `operation-moved`.
   */
  async stop(id: string): Promise<void> {
    await this.#move(await this.#in(id, ['preparing', 'prepared', 'running']), {
      status: 'stopped',
    });
  }

  /**
   * Goes on with an operation that was stopped while it ran.
   * @throws `TrellisError` with code `no-operation` or `operation-moved`.
   */
  async goOn(id: string): Promise<void> {
    const operation = await this.#in(id, ['stopped']);
    if (!mayGoOn(operation)) throw moved();
    await this.#move(operation, { status: 'running' });
  }

  /**
   * Prepares to take back what an operation did; answers the id of the new one.
   * @throws `TrellisError` with code `no-operation`, `operation-moved` or `not-possible`.
   */
  async undo(id: string, actor: Actor): Promise<string> {
    const { change } = await this.#in(id, ['stopped', 'done']);
    if (!isInvertible(change.kind)) {
      throw new TrellisError('not-possible', 'This cannot be taken back as a whole.');
    }
    const selection = { kind: 'operation', id } as const;
    return this.#add({ change: { kind: INVERSE[change.kind] }, selection, actor, undoes: id });
  }

  /** Cases are filled by the types of their own releases: one that takes it is enough. */
  async #checkFill(fill: Fill): Promise<void> {
    const { catalogue, cases } = this.#parts;
    let why = 'No case is running, so there is nothing to fill.';
    for (const { workflow, version } of await cases.versionsInUse()) {
      const { core } = await catalogue.version(workflow, version);
      const checked = checkFill(core.view, fill);
      if (!('kind' in checked)) return;
      why = checked.message;
    }
    throw new TrellisError('bad-value', why, { ...fill });
  }

  async #add(order: BulkOrder & { readonly undoes?: string }): Promise<string> {
    const { bulk, clock, ids, onStored } = this.#parts;
    const now = clock.now();
    const operation: BulkOperation = {
      id: ids.next(),
      ...order,
      status: 'preparing',
      reason: '',
      cursor: '',
      round: 0,
      createdAt: now,
      changedAt: now,
    };
    await bulk.add(operation, jobOf(operation, now));
    onStored();
    return operation.id;
  }

  async #in(id: string, statuses: readonly BulkStatus[]): Promise<BulkOperation> {
    const operation = await this.#parts.bulk.operation(id);
    if (operation === undefined) {
      throw new TrellisError('no-operation', 'There is no such operation.', { id });
    }
    if (!statuses.includes(operation.status)) throw moved();
    return operation;
  }

  async #move(
    operation: BulkOperation,
    to: Omit<Parameters<BulkOperations['move']>[1], 'changedAt'>,
  ): Promise<void> {
    const { bulk, clock, onStored } = this.#parts;
    const now = clock.now();
    const job = jobOf({ ...operation, round: operation.round + 1 }, now);
    const isRunning = to.status === 'running';
    const isMoved = await bulk.move(
      operation,
      { ...to, changedAt: now },
      ...(isRunning ? [job] : []),
    );
    if (!isMoved) throw moved();
    onStored();
  }
}

/** Tells whether an operation was stopped while it ran, and may go on. */
export function mayGoOn({ status, reason }: BulkOperation): boolean {
  return status === 'stopped' && reason !== '';
}

function isInvertible(kind: BulkChange['kind']): kind is keyof typeof INVERSE {
  return Object.hasOwn(INVERSE, kind);
}

/** Tells whether what an operation did can be taken back as a whole. */
export function mayUndo({ status, change, reason }: BulkOperation): boolean {
  const isOver = status === 'done' || (status === 'stopped' && reason !== '');
  return isOver && isInvertible(change.kind);
}

/** The cases of a migration are those of its workflow. */
function selectionOf({ change, selection }: BulkOrder): BulkSelection {
  if (selection.kind === 'cases' && selection.ids.length === 0) {
    throw new TrellisError('nothing-chosen', 'Choose one case at least.');
  }
  if (selection.kind !== 'filter' || change.kind !== 'migrate') return selection;
  return { kind: 'filter', filter: { ...selection.filter, workflow: change.workflow } };
}

function jobOf({ id, round }: BulkOperation, now: number): Job {
  return { id: `${id}/${round}`, caseId: id, kind: 'bulk', payload: {}, runAt: now };
}

function moved(): TrellisError {
  return new TrellisError(
    'operation-moved',
    'Somebody has started, stopped or ended this meanwhile. Look at it again.',
  );
}
