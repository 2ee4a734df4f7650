import { canonicalJson } from '../governance/canonical-json.ts';
import { digestText } from '../governance/digest.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { StateMapping } from '../kernel/transition/migrate.ts';
import type { Clock } from '../ports/clock.ts';
import type { CaseRow, Worklist } from '../ports/worklist.ts';
import type { Catalogue, Definition } from './catalogue.ts';
import type { MigrationCause } from './migrate-draft.ts';
import { migrateDraft } from './migrate-draft.ts';
import { reasonIn } from './operations.ts';
import type { Steps } from './steps.ts';

/** Which cases are to go to which version. */
export interface MigrationOrder {
  readonly workflow: string;
  /** (Default: all versions but `to`) */
  readonly from?: number;
  readonly to: number;
  /** One case alone. */
  readonly caseId?: string;
  readonly mapping: StateMapping;
}

/** What would become of one case. */
export interface PlannedCase {
  readonly caseId: string;
  readonly reference: string;
  readonly from: number;
  readonly states: readonly string[];
  /** The states that it would be in; absent where it cannot go. */
  readonly becomes?: readonly string[];
  /** Work that begins anew there. */
  readonly anew: boolean;
  /** Why it cannot go. */
  readonly refused?: string;
}

/** What a migration would come to; nothing of it has happened. */
export interface MigrationPlan {
  readonly order: MigrationOrder;
  readonly cases: readonly PlannedCase[];
  /** Names this plan: it holds only as long as none of its cases takes a step. */
  readonly token: string;
}

/** How the migration of one case ended. */
export interface MigrationResult {
  readonly caseId: string;
  readonly reference: string;
  readonly refused?: string;
}

interface Parts {
  readonly steps: Steps;
  readonly worklist: Pick<Worklist, 'cases'>;
  readonly catalogue: Catalogue;
  readonly clock: Pick<Clock, 'now'>;
}

/** Cases that are looked at at once. */
const PAGE = 200;

/** Takes running cases to another version of their workflow: planned first, then case by case. */
export class Migrations {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Works out what a migration would come to.
   * @throws `TrellisError` with code `no-workflow`.
   */
  async plan(order: MigrationOrder): Promise<MigrationPlan> {
    const other = await this.#parts.catalogue.version(order.workflow, order.to);
    const cases: PlannedCase[] = [];
    const versions: (readonly [string, number])[] = [];
    for await (const row of this.#running(order)) {
      cases.push(await this.#planned(row, other, order.mapping));
      versions.push([row.id, row.version]);
    }
    const { workflow, to, mapping } = order;
    const token = digestText(canonicalJson([workflow, to, { ...mapping }, versions])).slice(0, 12);
    return { order, cases, token };
  }

  /**
   * Carries a plan out; answers the result of each case as it comes. A case that cannot go stays.
   * @throws `TrellisError` with code `no-reason`, or `plan-stale` where the plan is not what
   *   would happen now.
   */
  async *carryOut(
    order: MigrationOrder,
    token: string,
    cause: Pick<MigrationCause, 'reason' | 'actor'>,
  ): AsyncGenerator<MigrationResult> {
    const reason = reasonIn(cause.reason);
    const plan = await this.plan(order);
    if (plan.token !== token) {
      throw new TrellisError(
        'plan-stale',
        'Cases have gone on since this was planned, or the plan is for something else. Nothing was changed: look at the plan again.',
      );
    }
    const other = await this.#parts.catalogue.version(order.workflow, order.to);
    for (const { caseId, reference, refused } of plan.cases) {
      if (refused !== undefined) yield { caseId, reference, refused };
      else
        yield {
          caseId,
          reference,
          ...(await this.#migrate(caseId, other, { ...cause, reason, mapping: order.mapping })),
        };
    }
  }

  async #migrate(
    caseId: string,
    other: Definition,
    cause: MigrationCause,
  ): Promise<{ readonly refused?: string }> {
    const end = await this.#parts.steps.take(caseId, (loaded, now) =>
      migrateDraft(loaded, other, cause, now),
    );
    return end.kind === 'refused' ? { refused: end.message } : {};
  }

  async #planned(row: CaseRow, other: Definition, mapping: StateMapping): Promise<PlannedCase> {
    const { id, reference, workflowVersion, states } = row;
    const about = { caseId: id, reference, from: workflowVersion, states };
    const loaded = await this.#parts.steps.fresh(id);
    const cause: MigrationCause = { mapping, reason: '', actor: loaded.stored.starter };
    const draft = migrateDraft(loaded, other, cause, this.#parts.clock.now());
    if ('kind' in draft) return { ...about, anew: false, refused: draft.message };
    const effects = draft.result?.effects ?? [];
    const anew = effects.some(({ kind }) => kind === 'stop');
    return { ...about, anew, becomes: draft.result?.states ?? [] };
  }

  async *#running({ workflow, from, to, caseId }: MigrationOrder): AsyncGenerator<CaseRow> {
    let after: string | undefined;
    do {
      const page = await this.#parts.worklist.cases({ workflow }, after, PAGE);
      for (const row of page.rows) {
        const isMeant = (from ?? row.workflowVersion) === row.workflowVersion;
        const isOne = caseId === undefined || caseId === row.id;
        if (row.status !== 'finished' && row.workflowVersion !== to && isMeant && isOne) yield row;
      }
      after = page.next;
    } while (after !== undefined);
  }
}
