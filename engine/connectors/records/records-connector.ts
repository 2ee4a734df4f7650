import type { RecordOperation, RecordsConnector } from '../../governance/connector-manifest.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { ConnectorAnswer, ConnectorCall, OpenConnector } from '../../ports/connector.ts';
import type { RecordSurroundings, RecordWorker } from './record-worker.ts';
import { refused } from './record-worker.ts';
import { createRecord, findRecords, getRecord, updateRecord } from './stored-work.ts';
import { findRows, getRow } from './table-work.ts';

/** Opens the operations on records. What they refuse is final, so that a workflow can go on by `failed`. */
export function openRecordsConnector(
  manifest: RecordsConnector,
  around: RecordSurroundings,
): OpenConnector {
  const entries = Object.entries(manifest.operations);
  return {
    operations: new Map(
      entries.map(([short, operation]) => [short, (call) => carryOut(operation, call, around)]),
    ),
    close: () => Promise.resolve(),
  };
}

async function carryOut(
  operation: RecordOperation,
  call: ConnectorCall,
  around: RecordSurroundings,
): Promise<ConnectorAnswer> {
  if (BROKEN_TEXT.test(JSON.stringify(call.input)))
    return refused(
      'record-invalid',
      'A text holds half a character, or one that cannot be stored.',
    );
  try {
    return await workerFor(operation.record)(operation, call, around);
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'database-unavailable') throw error;
    return { kind: 'retry', code: error.code, message: error.message };
  }
}

/** NUL, or half of a pair, in the JSON of a text: no database keeps them all. */
const BROKEN_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

function workerFor({ from, does }: RecordOperation['record']): RecordWorker {
  if (from === 'table') return does === 'find' ? findRows : getRow;
  return STORED[does];
}

const STORED: Readonly<Record<RecordOperation['record']['does'], RecordWorker>> = {
  find: findRecords,
  get: getRecord,
  create: createRecord,
  update: updateRecord,
};
