import { allow, refuse } from './decide.ts';
import type { AccessActor, AskSubject, Decision } from './words.ts';

/** A link of either purpose lets its holder see the status page of its case, and of no other. */
export function maySeeStatus(
  actor: AccessActor,
  { caseId }: { readonly caseId: string },
): Decision {
  return actor.kind === 'customer' && actor.caseId === caseId
    ? allow('Their link is for this case.')
    : refuse('link', 'This needs the link that was sent for this case.');
}

/** An ask is answered with the very link that was mailed with it. */
export function mayAnswer(actor: AccessActor, ask: AskSubject): Decision {
  const link = maySeeStatus(actor, ask);
  if (!link.allowed || actor.kind !== 'customer') return link;
  return actor.purpose === 'task' && actor.taskId === ask.taskId
    ? allow('Their link is for this form.')
    : refuse('link', 'This needs the link that was sent with this form.');
}
