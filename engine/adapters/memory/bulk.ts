import type {
  BulkCase,
  BulkCases,
  BulkGroup,
  BulkOperation,
  BulkOperations,
  BulkResult,
} from '../../ports/bulk.ts';
import { answer } from './answer.ts';
import { changeCase } from './bulk-cases.ts';
import type { Order } from './keyset.ts';
import { page } from './keyset.ts';
import { byText } from './order.ts';
import { addJob } from './stored-job.ts';
import type { Tables } from './tables.ts';

const NEWEST: Order<BulkOperation> = {
  shape: [0, ''],
  placeOf: ({ createdAt, id }) => [-createdAt, id],
};

const BY_REFERENCE: Order<BulkCase> = {
  shape: ['', ''],
  placeOf: ({ reference, caseId }) => [reference, caseId],
};

export function createBulk(tables: Tables): BulkOperations & BulkCases {
  const { bulkOperations, bulkCases } = tables;
  const casesOf = (id: string): readonly BulkCase[] => [...(bulkCases.get(id)?.values() ?? [])];
  return {
    add: (operation, job) =>
      answer(() => {
        bulkOperations.set(operation.id, operation);
        addJob(tables, job);
      }),
    operation: (id) => Promise.resolve(bulkOperations.get(id)),
    operations: (after, limit) =>
      answer(() => page([...bulkOperations.values()], NEWEST, after, limit)),
    move: ({ id, status, round }, to, job) =>
      answer(() => {
        const before = bulkOperations.get(id);
        if (before?.status !== status || before.round !== round) return false;
        bulkOperations.set(id, { ...before, ...to, round: round + 1 });
        if (job !== undefined) addJob(tables, job);
        return true;
      }),
    prepare: ({ id, cursor }, cases, next) =>
      answer(() => {
        const before = bulkOperations.get(id);
        if (before?.status !== 'preparing' || before.cursor !== cursor) return false;
        bulkOperations.set(id, { ...before, cursor: next });
        const known = bulkCases.get(id) ?? new Map<string, BulkCase>();
        for (const one of cases) if (!known.has(one.caseId)) known.set(one.caseId, one);
        bulkCases.set(id, known);
        return true;
      }),
    case: (operation, caseId) => Promise.resolve(bulkCases.get(operation)?.get(caseId)),
    ready: (operation, limit) => {
      const ready = casesOf(operation).filter(({ result }) => result === 'ready');
      const sorted = ready.sort((a, b) => byText(a.caseId, b.caseId));
      return Promise.resolve(sorted.slice(0, limit));
    },
    refuse: (operation, caseId, message) =>
      answer(() => changeCase(tables, operation, caseId, { result: 'refused', message })),
    cases: (operation, result, after, limit) =>
      answer(() => {
        const meant = casesOf(operation).filter((one) => one.result === (result ?? one.result));
        return page(meant, BY_REFERENCE, after, limit);
      }),
    groups: (operation, limit) => answer(() => groupsOf(casesOf(operation)).slice(0, limit)),
    counts: (operation) => {
      const count = (result: BulkResult): number =>
        casesOf(operation).filter((one) => one.result === result).length;
      return Promise.resolve({
        ready: count('ready'),
        cannot: count('cannot'),
        done: count('done'),
        refused: count('refused'),
      });
    },
  };
}

function groupsOf(cases: readonly BulkCase[]): readonly BulkGroup[] {
  const groups = new Map<string, BulkGroup>();
  for (const { result, outlook, message, reference } of cases) {
    const key = JSON.stringify([result, outlook ?? null, message ?? null]);
    const known = groups.get(key);
    groups.set(key, {
      result,
      ...(outlook === undefined ? {} : { outlook }),
      ...(message === undefined ? {} : { message }),
      count: (known?.count ?? 0) + 1,
      example: known === undefined || reference < known.example ? reference : known.example,
    });
  }
  return [...groups.values()].sort(
    (a, b) => b.count - a.count || byText(a.result, b.result) || byText(a.example, b.example),
  );
}
