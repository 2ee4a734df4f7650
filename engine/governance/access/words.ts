/**
 * The words of the one decision about who may do what: who asks, what they want to do, and with
 * what. {@link authorize} decides.
 */
import type { Classification } from '../../kernel/classification.ts';
import type { ToApprove } from '../proposals/four-eyes.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { PublishingRules, Tier } from '../publishing/publishing-rules.ts';
import type { Admitted } from '../../kernel/definition/people.ts';

/** Somebody who signed in. */
export interface StaffActor {
  readonly kind: 'staff';
  readonly id: string;
  readonly email?: string;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
}

/** Whoever holds a signed link: leave for one case, or for one ask of it. */
export interface CustomerActor {
  readonly kind: 'customer';
  readonly caseId: string;
  readonly purpose: 'task' | 'status';
  /** The ask that a link of purpose `task` opens. */
  readonly taskId?: string;
}

/** A program with a token of the API. */
export interface ProgramActor {
  readonly kind: 'api';
  readonly id: string;
  /** The workflows that its token is for. */
  readonly workflows: readonly string[];
}

/**
 * Who asks. `system` is the engine itself and whoever runs a command on the host's own machine;
 * no request from outside is ever `system`.
 */
export type AccessActor =
  | StaffActor
  | CustomerActor
  | ProgramActor
  | { readonly kind: 'public' }
  | { readonly kind: 'system' };

/** The subject of an action that is about nothing in particular. */
export type Nothing = Readonly<Record<string, never>>;

/** What decides who may see a case. */
export interface CaseSubject {
  readonly caseId: string;
  /** The team that owns its workflow. */
  readonly team: string;
  /** The id of whoever started it. */
  readonly starter: string;
  /** The roles that its tasks, open or done, were for, and those of the buttons that it offers. */
  readonly taskRoles: readonly string[];
  /** Those who have, or did, a task of it, or may press a button: ids or email addresses. */
  readonly taskPeople: readonly string[];
}

/** What decides who may press a button. */
export interface ButtonSubject extends CaseSubject {
  readonly by: Admitted;
  /** Somebody from outside began the case: whoever holds its link is taken for them. */
  readonly fromOutside: boolean;
}

/** What decides who may do a task. */
export interface TaskSubject {
  /** None where it is for one person alone. */
  readonly roles: readonly string[];
  readonly assignee?: string;
  /** Whoever handed it to the assignee. */
  readonly delegatedBy?: string;
  readonly completedBy?: string;
  /** Who stands in for the assignee, who is away. */
  readonly standIn?: string;
  /** The roles that manage it, by the core. (Default: none) */
  readonly managers?: readonly string[];
  /** Ids of the people who may not do it. */
  readonly notBy: readonly string[];
}

/** A form for somebody outside. */
export interface AskSubject {
  readonly caseId: string;
  readonly taskId: string;
}

/** One field, and the core whose clearances and field rights hold for it. */
export interface FieldSubject {
  readonly classification: Classification;
  /** The field of a locked type that it came from, e.g. `Quote.netTotal`. */
  readonly origin?: string;
  readonly core: Pick<CoreView, 'clearances' | 'fieldRights'>;
}

/** What decides who may decide about a draft. */
export interface ReviewSubject {
  /** The id of whoever wrote it. */
  readonly author: string;
  /** The tiers that have not approved it yet. */
  readonly open: readonly Tier[];
  readonly rules: PublishingRules;
}

/** Every action that a route, a command or a job can be, with what it is done to. */
export interface Subjects {
  'home.see': Nothing;
  /** Style sheets, browser assets, the language's schema. */
  'asset.get': Nothing;
  'health.see': Nothing;
  'sign-in': Nothing;
  'sign-out': Nothing;
  /** Saying when oneself is away, and who stands in. */
  'absence.change': Nothing;

  'workflow.list': Nothing;
  'workflow.see': Nothing;
  'workflow.check': Nothing;
  'workflow.test': Nothing;
  /** Beginning, writing, sending and withdrawing a draft; retiring a workflow and putting it back. */
  'workflow.write': { readonly teams: readonly string[]; readonly rules: PublishingRules };
  /** Seeing drafts and what is under review. */
  'draft.see': Nothing;
  /** Sending a draft of one's own, and withdrawing it. */
  'draft.own': { readonly author: string };
  'review.decide': ReviewSubject;
  'workflow.roll-back': { readonly rules: PublishingRules };

  /** Seeing what would be erased of personal data, and erasing it. */
  'personal.erase': { readonly rules: PublishingRules };

  /** Seeing what teams were granted, and what was revoked. */
  'grant.list': Nothing;
  /** Revoking and restoring grants. */
  'grant.revoke': Nothing;

  /** Seeing, filling and sending the form that starts a case. */
  'case.start': { readonly audience: Admitted };
  /** Which cases stand in the list: `caseScope` tells. */
  'case.list': Nothing;
  'case.see': CaseSubject;
  'case.history': CaseSubject;
  /** Seeing what a button asks, and pressing it. */
  'case.press': ButtonSubject;
  'case.comment': CaseSubject;
  /** Changing a running case by hand: suspending, resuming, calling off. */
  'case.change': Nothing;
  /** Letting a running timer of a case fire at another time. */
  'timer.move': CaseSubject;
  'field.read': FieldSubject;

  'task.list': Nothing;
  /** Seeing the unfinished tasks of the roles that one manages. */
  'task.manage': { readonly core: Pick<CoreView, 'managers'> };
  'task.see': TaskSubject;
  'task.claim': TaskSubject;
  'task.release': TaskSubject;
  'task.complete': TaskSubject;
  'task.delegate': TaskSubject;
  'task.reassign': TaskSubject;

  /** Following the link of a mail. */
  'link.open': Nothing;
  'status.see': { readonly caseId: string };
  'ask.see': AskSubject;
  'ask.answer': AskSubject;

  'incident.list': Nothing;
  'incident.retry': Nothing;
  /** Letting go what is held back after a restore. */
  'effect.release': Nothing;

  /** Seeing the core: its releases, and what is proposed. */
  'core.see': Nothing;
  /** Seeing what was done to the core by whom, and the checkpoints of the history. */
  'audit.see': Nothing;
  /** Proposing a change of the core, changing and ending a proposal. */
  'proposal.make': Nothing;
  'proposal.approve': ToApprove;
  /** Having a key of one's own to sign with. */
  'key.make': Nothing;

  'demo.see': DemoSubject;
  'demo.change': DemoSubject;

  'webhook.receive': { readonly signed: boolean };

  /** Starting a case, and looking at one, by the API. */
  'api.start': { readonly workflow: string };
  'api.see': { readonly workflow: string };
  /** Sending an event to a case, by the API. */
  'api.press': { readonly workflow: string };
  'token.manage': Nothing;

  'job.run': Nothing;
  'host.start': Nothing;
  'workspace.init': Nothing;
  'lock.write': Nothing;
  'lock.verify': Nothing;
  'user.add': Nothing;
  /** Saying that somebody has left, or is back. */
  'user.leave': Nothing;
}

/** The demo pages stand open in demo mode, which binds to loopback alone. */
export interface DemoSubject {
  readonly demoMode: boolean;
}

export type Action = keyof Subjects;

/** Why something was refused; `sign-in` means that signing in may help. */
export type Refusal =
  | 'sign-in'
  | 'staff-only'
  | 'role'
  | 'not-involved'
  | 'notBy'
  | 'own'
  | 'claimed'
  | 'link'
  | 'signature'
  | 'token'
  | 'demo-only'
  | 'clearance'
  | 'system-only';

/** What was decided; the reason is a sentence for people. */
export type Decision =
  | { readonly allowed: true; readonly reason: string }
  | { readonly allowed: false; readonly code: Refusal; readonly reason: string };
