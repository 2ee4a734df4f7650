import { mayMoveTimer, mayPress, mayStart, maySeeCase } from './access/cases.ts';
import {
  allow,
  anybody,
  anyStaff,
  hasRole,
  mayOperate,
  refuse,
  staff,
  staffOrSystem,
  system,
} from './access/decide.ts';
import type { Rule } from './access/decide.ts';
import { mayApprove, mayPropose, maySeeCore } from './access/core.ts';
import { mayReadField } from './access/fields.ts';
import { mayAnswer, maySeeStatus } from './access/links.ts';
import { mayUseApi } from './access/programs.ts';
import { mayErase, mayOwn, mayReview, mayRollBack, mayWriteWorkflow } from './access/publishing.ts';
import {
  mayDelegateTask,
  mayDoTask,
  mayManage,
  mayReassignTask,
  mayReleaseTask,
  maySeeTask,
} from './access/tasks.ts';
import type { AccessActor, Action, Decision, Subjects } from './access/words.ts';

const inDemoMode: Rule<Subjects['demo.see']> = (_actor, { demoMode }) =>
  demoMode
    ? allow('In demo mode everybody may.')
    : refuse('demo-only', 'This page exists in demo mode only.');

const whenSigned: Rule<Subjects['webhook.receive']> = (_actor, { signed }) =>
  signed
    ? allow('The message is signed by the system that it comes from.')
    : refuse('signature', 'The message is not signed, or not by the system that it names.');

const byAdministrator: Rule<unknown> = (actor, subject) =>
  actor.kind === 'system'
    ? system(actor, subject)
    : staff((person) => hasRole(person, 'administrator'))(actor, subject);

const byItCore = staff((person) => hasRole(person, 'it-core'));

const RULES: { readonly [A in Action]: Rule<Subjects[A]> } = {
  'home.see': anybody,
  'asset.get': anybody,
  'health.see': anybody,
  'sign-in': anybody,
  'sign-out': anybody,
  'absence.change': anyStaff,

  'workflow.list': anyStaff,
  'workflow.see': anyStaff,
  'workflow.check': staffOrSystem,
  'workflow.test': system,
  'workflow.write': staff(mayWriteWorkflow),
  'draft.see': anyStaff,
  'draft.own': staff(mayOwn),
  'review.decide': staff(mayReview),
  'workflow.roll-back': staff(mayRollBack),

  'personal.erase': staff(mayErase),

  'grant.list': byItCore,
  'grant.revoke': byItCore,

  'case.start': mayStart,
  'case.list': anyStaff,
  'case.see': staff(maySeeCase),
  'case.history': staff(maySeeCase),
  'case.change': staff(mayOperate),
  'timer.move': staff(mayMoveTimer),
  'case.press': mayPress,
  'case.comment': staff(maySeeCase),
  'field.read': mayReadField,

  'task.list': anyStaff,
  'task.manage': staff(mayManage),
  'task.see': staff(maySeeTask),
  'task.claim': staff(mayDoTask),
  'task.release': staff(mayReleaseTask),
  'task.complete': staff(mayDoTask),
  'task.delegate': staff(mayDelegateTask),
  'task.reassign': staff(mayReassignTask),

  'link.open': anybody,
  'status.see': maySeeStatus,
  'ask.see': mayAnswer,
  'ask.answer': mayAnswer,

  'incident.list': staff(mayOperate),
  'incident.retry': staff(mayOperate),
  'effect.release': staff(mayOperate),

  'core.see': maySeeCore,
  'audit.see': maySeeCore,
  'proposal.make': mayPropose,
  'proposal.approve': mayApprove,
  'key.make': anyStaff,

  'demo.see': inDemoMode,
  'demo.change': inDemoMode,

  'webhook.receive': whenSigned,

  'api.start': mayUseApi,
  'api.see': mayUseApi,
  'api.press': mayUseApi,
  'token.manage': system,

  'job.run': system,
  'host.start': system,
  'workspace.init': system,
  'lock.write': system,
  'lock.verify': system,
  'user.add': system,
  'user.leave': byAdministrator,
};

/** Every action there is, sorted. */
export const ACTIONS = Object.keys(RULES).sort() as readonly Action[];

/**
 * Decides whether an actor may do an action to a subject. Whatever no rule allows is refused. It
 * stands behind every route, command and job.
 */
export function authorize<A extends Action>(
  actor: AccessActor,
  action: A,
  subject: Subjects[A],
): Decision {
  return RULES[action](actor, subject);
}
