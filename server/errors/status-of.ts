import { TrellisError } from '../../engine/index.ts';

/** The HTTP status of every code that a request can meet; any other code is a fault of ours. */
const STATUS: Readonly<Record<string, number>> = {
  'bad-cursor': 400,
  'bad-request': 400,
  'unknown-step': 400,
  'unknown-action': 400,
  'unknown-answer': 400,
  'webhook-not-json': 400,
  'source-unreadable': 400,
  'repeated-answer': 400,
  'no-token': 401,
  'webhook-unsigned': 401,
  'webhook-signature': 401,
  'webhook-time': 401,
  'not-allowed': 403,
  'not-by': 403,
  'not-reviewer': 403,
  'cross-site': 403,
  'webhook-unknown': 404,
  'no-page': 404,
  'no-case': 404,
  'no-field': 404,
  'no-task': 404,
  'no-workflow': 404,
  'no-start': 404,
  'no-incident': 404,
  'no-operation': 404,
  'no-person': 404,
  'no-link': 404,
  'no-mail': 404,
  'no-draft': 404,
  'no-grant': 404,
  'no-file': 404,
  'no-proposal': 404,
  'no-upgrade': 404,
  'no-release': 404,
  'too-slow': 408,
  'already-begun': 409,
  'button-gone': 409,
  'task-over': 409,
  suspended: 409,
  'draft-moved': 409,
  'draft-outdated': 409,
  'review-stale': 409,
  'already-newest': 409,
  'already-out': 409,
  'not-out': 409,
  'workflow-retired': 409,
  'not-possible': 409,
  'erasure-changed': 409,
  'nothing-to-erase': 409,
  'erasure-too-large': 422,
  'names-person': 422,
  'operation-moved': 409,
  'proposal-breaks': 409,
  'proposal-moved': 409,
  'proposal-outdated': 409,
  'proposal-over': 409,
  'submission-reused': 409,
  'link-expired': 410,
  'too-large': 413,
  'too-many-answers': 413,
  'too-many-entries': 413,
  'wrong-media': 415,
  'unknown-host': 421,
  'form-refused': 422,
  'no-reason': 422,
  'draft-refused': 422,
  'draft-unreadable': 422,
  'tests-failed': 422,
  'coverage-low': 422,
  'nothing-chosen': 422,
  'wrong-person': 422,
  'bad-value': 422,
  'bad-passphrase': 422,
  'core-refused': 422,
  'no-approval-key': 422,
  'nothing-changed': 422,
  'wrong-passphrase': 422,
  'webhook-body': 422,
  'unknown-outcome': 422,
  'too-many-at-once': 429,
  'too-often': 429,
  overloaded: 503,
  contended: 503,
  'governance-busy': 503,
  'database-unavailable': 503,
  'try-again': 503,
};

/** What went wrong with a request, fit to be shown. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  /** A sentence for whoever asked; of our own faults it says nothing. */
  readonly message: string;
  readonly retryAfter?: number;
}

/** Turns whatever was thrown into an answer; what is not the client's doing is a plain 500. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TrellisError) {
    const status = STATUS[error.code];
    if (status !== undefined) {
      const again = status === 503 || status === 429 ? { retryAfter: 5 } : {};
      return { status, code: error.code, message: error.message, ...again };
    }
  }
  return clientFault(error) ?? ourFault();
}

/** Express and its body readers say with `status` what the client did wrong. */
function clientFault(error: unknown): Failure | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { status } = error;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  const message =
    status === 413
      ? 'What was sent is larger than this page takes. Nothing was changed.'
      : 'What was sent cannot be read. Nothing was changed.';
  return { status, code: status === 413 ? 'too-large' : 'bad-request', message };
}

function ourFault(): Failure {
  return {
    status: 500,
    code: 'fault',
    message:
      'Something went wrong on our side. Nothing that you sent was lost on the way to us; try again in a moment.',
  };
}
