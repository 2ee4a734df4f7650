import type { AuditFinding } from '../../engine/index.ts';

/** What does not hold, as a line for people. */
export function findingLine({ of, name, seq, kind, message }: AuditFinding): string {
  return of === 'case' ? `${name}  entry ${seq}  ${message}  [${kind}]` : `${message}  [${kind}]`;
}
