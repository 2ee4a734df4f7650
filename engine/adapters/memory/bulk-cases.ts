import type { BulkCase } from '../../ports/bulk.ts';
import type { StoredCase } from '../../ports/step.ts';
import type { Tables } from './tables.ts';

/** Tells whether a running operation may change a case. */
export function isReady(tables: Tables, operation: string, caseId: string): boolean {
  const isRunning = tables.bulkOperations.get(operation)?.status === 'running';
  return isRunning && tables.bulkCases.get(operation)?.get(caseId)?.result === 'ready';
}

/** Notes that a step has changed a case. */
export function settleCase(tables: Tables, operation: string, { id, version }: StoredCase): void {
  changeCase(tables, operation, id, { result: 'done', version });
}

/** Changes what becomes of a case that is ready. */
export function changeCase(
  tables: Tables,
  operation: string,
  caseId: string,
  change: Partial<BulkCase>,
): boolean {
  const cases = tables.bulkCases.get(operation);
  const before = cases?.get(caseId);
  if (before?.result !== 'ready') return false;
  cases?.set(caseId, { ...before, ...change });
  return true;
}
