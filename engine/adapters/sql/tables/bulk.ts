import type { BulkCase, BulkOperation } from '../../../ports/bulk.ts';
import type { Step } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Batch } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

const OPERATION = {
  id: 'text',
  change: 'text',
  selection: 'text',
  status: 'text',
  actor: 'text',
  reason: 'text',
  cursor: 'text',
  round: 'bigint',
  undoes: 'text?',
  problem: 'text?',
  created_at: 'bigint',
  changed_at: 'bigint',
} as const satisfies Columns;

const CASE = {
  operation: 'text',
  case_id: 'text',
  reference: 'text',
  result: 'text',
  version: 'bigint',
  outlook: 'text?',
  message: 'text?',
} as const satisfies Columns;

const SETTLED = {
  operation: 'text',
  case_id: 'text',
  version: 'bigint',
} as const satisfies Columns;

export type OperationColumns = RowOf<typeof OPERATION>;
export type BulkCaseColumns = RowOf<typeof CASE>;

export const addOperations = insertInto('bulk_operations', OPERATION, 'id');
export const addBulkCases = insertInto('bulk_cases', CASE, 'case_id');

/** Notes that steps have changed cases, each once, while their operations run. */
export const settleCases: Batch<typeof SETTLED> = {
  name: 'settle_bulk_cases',
  columns: SETTLED,
  text: `update bulk_cases set result = 'done', version = v.version from v
    where bulk_cases.operation = v.operation and bulk_cases.case_id = v.case_id
    and bulk_cases.result = 'ready' and exists
      (select 1 from bulk_operations where id = v.operation and status = 'running')`,
};

/** The row of a step that is part of an operation. */
export function settledRows({ bulk, case: its }: Step): RowOf<typeof SETTLED>[] {
  return bulk === undefined ? [] : [{ operation: bulk, case_id: its.id, version: its.version }];
}

export function operationColumns(operation: BulkOperation): OperationColumns {
  return {
    id: operation.id,
    change: toJson(operation.change),
    selection: toJson(operation.selection),
    status: operation.status,
    actor: toJson(operation.actor),
    reason: operation.reason,
    cursor: operation.cursor,
    round: operation.round,
    undoes: operation.undoes ?? null,
    problem: operation.problem ?? null,
    created_at: operation.createdAt,
    changed_at: operation.changedAt,
  };
}

export function storedOperation(row: OperationColumns): BulkOperation {
  return {
    id: row.id,
    change: fromJson(row.change) as BulkOperation['change'],
    selection: fromJson(row.selection) as BulkOperation['selection'],
    status: row.status as BulkOperation['status'],
    actor: fromJson(row.actor) as BulkOperation['actor'],
    reason: row.reason,
    cursor: row.cursor,
    round: row.round,
    ...present('undoes', row.undoes),
    ...present('problem', row.problem),
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

export function bulkCaseColumns(operation: string, one: BulkCase): BulkCaseColumns {
  return {
    operation,
    case_id: one.caseId,
    reference: one.reference,
    result: one.result,
    version: one.version,
    outlook: one.outlook === undefined ? null : toJson(one.outlook),
    message: one.message ?? null,
  };
}

export function storedBulkCase(row: BulkCaseColumns): BulkCase {
  return {
    caseId: row.case_id,
    reference: row.reference,
    version: row.version,
    ...becoming(row),
  };
}

/** What becomes of a case, or of a group of cases. */
export function becoming({
  result,
  outlook,
  message,
}: Pick<BulkCaseColumns, 'result' | 'outlook' | 'message'>): Pick<
  BulkCase,
  'result' | 'outlook' | 'message'
> {
  return {
    result: result as BulkCase['result'],
    ...(outlook === null ? {} : { outlook: fromJson(outlook) as NonNullable<BulkCase['outlook']> }),
    ...present('message', message),
  };
}
