import { TrellisError } from '../../kernel/errors.ts';
import type { MailOperation } from '../../governance/connector-manifest.ts';
import type { ConnectorAnswer } from '../../ports/connector.ts';

/** Tells what a mail that could not be handed over means for the call. */
export function smtpFailure(
  operation: string,
  errors: MailOperation['errors'],
  error: unknown,
): ConnectorAnswer {
  if (error instanceof TrellisError) {
    return { kind: 'broken', code: error.code, message: error.message };
  }
  const status = statusOf(error);
  if (status === undefined) {
    const message = `${operation} could not reach the mail server (${codeOf(error)}).`;
    return { kind: 'retry', code: 'no-connection', message };
  }
  const code = `smtp-${status}`;
  const message = `${operation}: the mail server answered ${status}.`;
  const declared = errors !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
  const kind = declared ?? (status < 500 ? 'retry' : 'broken');
  return kind === 'retry'
    ? { kind, code, message, certainly: 'not done' }
    : { kind, code, message };
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : undefined;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
