import { TrellisError, authorize } from '../../engine/index.ts';
import type { AccessActor, Action, Subjects } from '../../engine/index.ts';

/**
 * Asks whether somebody on whose word a command acts may do it.
 * @throws `TrellisError` with code `not-allowed`.
 */
export function permit<A extends Action>(
  actor: AccessActor,
  action: A,
  subject: Subjects[A],
): void {
  const decision = authorize(actor, action, subject);
  if (decision.allowed) return;
  throw new TrellisError('not-allowed', decision.reason, { code: decision.code });
}
