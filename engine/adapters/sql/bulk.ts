import type { BulkCases, BulkGroup, BulkOperations, BulkResult } from '../../ports/bulk.ts';
import type { Database } from './database.ts';
import { toJson } from './json.ts';
import type { Keyset } from './keyset.ts';
import { readPage } from './keyset.ts';
import type { Session } from './session.ts';
import type { BulkCaseColumns, OperationColumns } from './tables/bulk.ts';
import {
  addBulkCases,
  addOperations,
  becoming,
  bulkCaseColumns,
  operationColumns,
  storedBulkCase,
  storedOperation,
} from './tables/bulk.ts';
import { addJobs, jobColumns } from './tables/jobs.ts';

const NEWEST: Keyset<OperationColumns> = {
  columns: ['created_at', 'id'],
  newestFirst: true,
  shape: [0, ''],
  placeOf: (row) => [row.created_at, row.id],
};

const BY_REFERENCE: Keyset<BulkCaseColumns> = {
  columns: ['reference', 'case_id'],
  newestFirst: false,
  shape: ['', ''],
  placeOf: (row) => [row.reference, row.case_id],
};

/** Rolls back a transaction in which the operation was not as expected any more. */
const MOVED = 'moved';

export function createBulk(database: Database): BulkOperations & BulkCases {
  return { ...createOperations(database), ...createCases(database) };
}

function createOperations(database: Database): BulkOperations {
  const { batches, read } = database;
  const move = database.statement(
    'move_bulk_operation',
    `update bulk_operations set status = ?, changed_at = ?, reason = coalesce(?, reason),
      actor = coalesce(?, actor), problem = coalesce(?, problem), round = round + 1
      where id = ? and status = ? and round = ?`,
  );
  return {
    add: async (operation, job) => {
      await database.attempt(async (session) => {
        await batches.run(session, addOperations, [operationColumns(operation)]);
        await batches.run(session, addJobs, [jobColumns(job)]);
        return undefined;
      });
    },
    operation: async (id) => {
      const row = await read<OperationColumns>('bulk_operations').where({ id }).first();
      return row && storedOperation(row);
    },
    operations: (after, limit) =>
      readPage(read('bulk_operations').select('*'), NEWEST, after, limit, storedOperation),
    move: async ({ id, status, round }, to, job) => {
      const values = [
        ...[to.status, to.changedAt, to.reason ?? null],
        ...[to.actor === undefined ? null : toJson(to.actor), to.problem ?? null],
        ...[id, status, round],
      ];
      const refusal = await database.attempt(async (session) => {
        if ((await session.run(move, values)) !== 1) return MOVED;
        if (job !== undefined) await batches.run(session, addJobs, [jobColumns(job)]);
        return undefined;
      });
      return refusal === undefined;
    },
  };
}

function createCases(database: Database): BulkCases {
  const { batches, read } = database;
  const goOn = database.statement(
    'read_bulk_selection',
    `update bulk_operations set cursor = ? where id = ? and cursor = ? and status = 'preparing'`,
  );
  const refuse = database.statement(
    'refuse_bulk_case',
    `update bulk_cases set result = 'refused', message = ?
      where operation = ? and case_id = ? and result = 'ready'`,
  );
  const of = (operation: string) => read<BulkCaseColumns>('bulk_cases').where({ operation });
  return {
    prepare: async ({ id, cursor }, cases, next) => {
      const rows = cases.map((one) => bulkCaseColumns(id, one));
      const write = async (session: Session): Promise<typeof MOVED | undefined> => {
        if ((await session.run(goOn, [next, id, cursor])) !== 1) return MOVED;
        if (rows.length > 0) await batches.run(session, addBulkCases, rows);
        return undefined;
      };
      return (await database.attempt(write)) === undefined;
    },
    case: async (operation, caseId) => {
      const row = await of(operation).where({ case_id: caseId }).first();
      return row && storedBulkCase(row);
    },
    ready: async (operation, limit) => {
      const rows = await of(operation).whereRaw(`result = 'ready'`).orderBy('case_id').limit(limit);
      return rows.map(storedBulkCase);
    },
    refuse: async (operation, caseId, message) => {
      const values = [message, operation, caseId];
      return (await database.use((session) => session.run(refuse, values))) === 1;
    },
    cases: (operation, result, after, limit) => {
      const query = of(operation).select('*');
      if (result !== undefined) query.where({ result });
      return readPage(query, BY_REFERENCE, after, limit, storedBulkCase);
    },
    groups: async (operation, limit) => {
      const rows: unknown = await of(operation)
        .groupBy('result', 'outlook', 'message')
        .select('result', 'outlook', 'message')
        .count({ count: '*' })
        .min({ example: 'reference' })
        .orderBy([{ column: 'count', order: 'desc' }, 'result', 'example'])
        .limit(limit);
      return (rows as readonly GroupColumns[]).map(storedGroup);
    },
    counts: async (operation) => {
      const rows: unknown = await of(operation)
        .groupBy('result')
        .select('result')
        .count({ count: '*' });
      const counts = new Map(
        (rows as readonly GroupColumns[]).map(({ result, count }) => [result, Number(count)]),
      );
      const count = (result: BulkResult): number => counts.get(result) ?? 0;
      return {
        ready: count('ready'),
        cannot: count('cannot'),
        done: count('done'),
        refused: count('refused'),
      };
    },
  };
}

type GroupColumns = Pick<BulkCaseColumns, 'result' | 'outlook' | 'message'> & {
  readonly count: number | string;
  readonly example: string;
};

function storedGroup(row: GroupColumns): BulkGroup {
  return { ...becoming(row), count: Number(row.count), example: row.example };
}
