import { TrellisError } from '../../kernel/errors.ts';
import type { ConnectorAnswer } from '../../ports/connector.ts';

/** Failures before anything was sent. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Tells what a request that got no whole answer means for the call. */
export function networkFailure(
  operation: string,
  error: unknown,
  largest: number,
): ConnectorAnswer {
  if (error instanceof TrellisError) {
    return { kind: 'broken', code: error.code, message: error.message };
  }
  const code = codeOf(error);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code === 'UND_ERR_HEADERS_OVERFLOW') {
    const message = `${operation} answered with more than ${largest} bytes.`;
    return { kind: 'broken', code: 'wrong-answer', message };
  }
  if (code === 'HTTPParserError' || code.startsWith('HPE_')) {
    const message = `${operation} answered something that is not HTTP (${code}).`;
    return { kind: 'broken', code: 'wrong-answer', message };
  }
  if (NO_CONNECTION.has(code)) {
    const message = `${operation} could not be reached (${code}).`;
    return { kind: 'retry', code: 'no-connection', message, certainly: 'not done' };
  }
  const message = `${operation} gave no whole answer (${code}).`;
  return { kind: 'retry', code: 'no-answer', message };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
