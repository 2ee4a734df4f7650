import type { BulkOperation, BulkResult } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths, withQuery } from '../paths.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import { operationTag, operationWords } from '../texts/operation-words.ts';
import { countOf } from '../texts/words.ts';
import type { ChangeField } from './change-page.ts';
import { reasonField } from './change-page.ts';

/** Cases to which the same happens. */
export interface GroupItem {
  readonly count: number;
  readonly from?: string;
  /** What happens to them, or why nothing does. */
  readonly text: string;
}

/** One case of an operation. */
export interface OperationCase {
  readonly reference: string;
  readonly href: string;
  readonly text: string;
  readonly result: string;
}

export interface OperationModel {
  readonly operation: BulkOperation;
  readonly counts: Readonly<Record<BulkResult, number>>;
  readonly would: readonly GroupItem[];
  readonly cannot: readonly GroupItem[];
  readonly cases: readonly OperationCase[];
  /** The result whose cases alone are listed. */
  readonly chosen?: BulkResult;
  readonly nextHref?: string;
  readonly mayGoOn: boolean;
  readonly mayUndo: boolean;
  /** Where a migration is prepared with another mapping. */
  readonly againHref?: string;
  readonly reason: string;
  readonly error?: string;
}

/** A button that is all of its form. */
interface Push {
  readonly action: string;
  readonly label: string;
}

/** What the results of cases are called in lists. */
export const RESULTS: Readonly<Record<BulkResult, string>> = {
  ready: 'Not changed yet',
  done: 'Changed',
  cannot: 'Cannot be changed',
  refused: 'Was not changed',
};

/** After how many seconds the page of an operation that is under way is shown anew. */
const REFRESH = 5;

/** Makes the page of one operation on many cases: what it would come to, and how far it is. */
export function operationPage(model: OperationModel, moment: ViewMoment): Page {
  const { operation, counts, would, cannot, error, mayGoOn, againHref } = model;
  const { id, change, status, actor, reason, problem, changedAt } = operation;
  const words = operationWords(change);
  const total = counts.ready + counts.done + counts.cannot + counts.refused;
  const since: TimeView = showTime(changedAt, moment);
  const isUnderWay = status === 'preparing' || status === 'running';
  return {
    template: 'pages/operation',
    ...(isUnderWay ? { refresh: REFRESH } : {}),
    title: `${error === undefined ? '' : 'Error: '}${words.heading}`,
    area: 'cases',
    model: {
      heading: words.heading,
      lead: words.lead,
      operationsHref: paths.operations,
      tag: operationTag(operation),
      who: actor.name,
      why: reason,
      problem,
      since,
      would,
      cannot,
      nothing: status === 'prepared' && counts.ready === 0,
      found: status === 'preparing' ? countOf(total, 'case') : undefined,
      progress: isBegun(operation)
        ? { done: counts.done + counts.refused, total: total - counts.cannot }
        : undefined,
      againHref: isUnderWay ? paths.operation(id) : undefined,
      mappingHref: status === 'prepared' ? againHref : undefined,
      errors: error === undefined ? [] : [{ href: '#reason', text: error }],
      start:
        status === 'prepared' && counts.ready > 0
          ? {
              action: paths.startOperation(id),
              field: reasonOf(model),
              button: words.button(counts.ready),
              warning: change.kind === 'cancel',
            }
          : undefined,
      pushes: pushesOf(model, mayGoOn),
      results: resultLinks(model),
      cases: model.cases,
      nextHref: model.nextHref,
    },
  };
}

function isBegun({ status, reason }: BulkOperation): boolean {
  return status === 'running' || (reason !== '' && status !== 'prepared');
}

function reasonOf({
  reason,
  error,
}: OperationModel): ChangeField & { readonly describedBy: string } {
  const field = reasonField(reason, error);
  return {
    ...field,
    describedBy: error === undefined ? 'reason-hint' : 'reason-hint reason-error',
  };
}

const BACK: Readonly<Partial<Record<BulkOperation['change']['kind'], string>>> = {
  suspend: 'Let them go on again …',
  resume: 'Suspend them again …',
  backfill: 'Take out again what was filled …',
};

function pushesOf({ operation, mayUndo }: OperationModel, mayGoOn: boolean): readonly Push[] {
  const { id, status, change } = operation;
  const back = BACK[change.kind] ?? 'Take it back …';
  return [
    ...(status === 'running' ? [{ action: paths.stopOperation(id), label: 'Stop' }] : []),
    ...(status === 'preparing' || status === 'prepared'
      ? [{ action: paths.stopOperation(id), label: 'Leave everything as it is' }]
      : []),
    ...(mayGoOn ? [{ action: paths.continueOperation(id), label: 'Go on' }] : []),
    ...(mayUndo ? [{ action: paths.undoOperation(id), label: back }] : []),
  ];
}

function resultLinks({ operation, counts, chosen }: OperationModel): readonly object[] {
  const known = Object.entries(RESULTS) as (readonly [BulkResult, string])[];
  const shown = known.filter(([result]) => counts[result] > 0);
  if (shown.length < 2 && chosen === undefined) return [];
  const all = { label: 'All', href: paths.operation(operation.id), current: chosen === undefined };
  const links = shown.map(([result, label]) => ({
    label: `${label} (${counts[result]})`,
    href: withQuery(paths.operation(operation.id), { result }),
    current: result === chosen,
  }));
  return [all, ...links];
}
