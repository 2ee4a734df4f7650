import type { Job } from '../ports/step.ts';

/** The most characters of a cause. */
const LONGEST = 300;

/**
 * Names the cause of an incident, the same for all that failed alike: the operation (or the kind of
 * the job), the code, and the message without what differs from case to case.
 */
export function incidentCause(
  { kind, payload }: Pick<Job, 'kind' | 'payload'>,
  code: string,
  message: string,
): string {
  const operation = typeof payload['operation'] === 'string' ? payload['operation'] : kind;
  return `${operation} ${code} ${normalised(message)}`.slice(0, LONGEST);
}

function normalised(message: string): string {
  return message
    .replaceAll(/"[^"]*"|“[^”]*”/g, '…')
    .replaceAll(/[\w.+-]+@[\w.-]+/g, '…')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…')
    .replaceAll(/\b[A-Z]{1,5}-[\w-]*\d[\w-]*/g, '…')
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
