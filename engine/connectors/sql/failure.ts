import { TrellisError } from '../../kernel/errors.ts';
import type { ConnectorAnswer } from '../../ports/connector.ts';

/** SQLite: busy or not there; the pool: no connection in time; the network. */
const PASSING = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_CANTOPEN',
  'KnexTimeoutError',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
]);
/** PostgreSQL's classes: connection, conflict, resources, operator's intervention. */
const PASSING_CLASS = /^(08|40|53|57)[0-9A-Z]{3}$/;

/** Tells what a failed statement means for the call. It only reads, so nothing ever happened. */
export function statementFailure(operation: string, error: unknown): ConnectorAnswer {
  if (error instanceof TrellisError) {
    return { kind: 'broken', code: error.code, message: `${operation}: ${error.message}` };
  }
  const code = codeOf(error);
  return PASSING.has(code) || PASSING_CLASS.test(code)
    ? {
        kind: 'retry',
        code: 'no-connection',
        message: `${operation} could not read its database (${code}).`,
        certainly: 'not done',
      }
    : {
        kind: 'broken',
        code: 'statement-failed',
        message: `The statement of ${operation} failed (${code}): its manifest and the database do not fit.`,
      };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
