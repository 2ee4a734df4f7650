import type { NotApproving } from '../proposals/four-eyes.ts';
import { whyNotApprove } from '../proposals/four-eyes.ts';
import { allow, hasOneOf, refuse, staff } from './decide.ts';
import type { Rule } from './decide.ts';
import type { Refusal, Subjects } from './words.ts';

/** The role of those who keep the core. */
const KEEPERS = ['it-core', 'administrator'] as const;

/** Those who keep the core, and who watches over Trellis, look at it. */
export const maySeeCore: Rule<unknown> = staff((person) =>
  hasOneOf(person, [...KEEPERS, 'auditor']),
);

/** Those who keep the core propose changes of it, and end proposals. */
export const mayPropose: Rule<unknown> = staff((person) => hasOneOf(person, ['it-core']));

const CODES: Readonly<Record<NotApproving['code'], Refusal>> = {
  author: 'own',
  role: 'role',
  approved: 'own',
  over: 'not-involved',
  left: 'role',
};

/** Whoever has the role of a proposal's route approves it, unless it is their own. */
export const mayApprove: Rule<Subjects['proposal.approve']> = staff(
  ({ email = '', roles }, subject: Subjects['proposal.approve']) => {
    const why = whyNotApprove(subject, { email, roles, hasLeft: false });
    return why === undefined
      ? allow(`They have the role "${subject.route.role}".`)
      : refuse(CODES[why.code], why.reason);
  },
);
