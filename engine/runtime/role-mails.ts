import type { JsonObject } from '../kernel/json.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import { emailKey } from '../kernel/values/email-key.ts';
import { dateIn } from '../kernel/values/zone.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { ClaimedJob, Job, StoredCase } from '../ports/step.ts';
import { havingRole, standInFor } from './choose-person.ts';
import type { Chosen, Staff } from './choose-person.ts';
import type { Draft } from './draft.ts';
import { SYSTEM } from './draft.ts';
import type { GivenUp } from './incidents.ts';
import { textIn } from './payload.ts';
import type { Steps } from './steps.ts';

interface Parts {
  readonly steps: Steps;
  readonly accounts: Accounts;
}

/** Finds who has the role that a mail goes to, at the moment at which it is sent. */
export class RoleMails {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Makes one mail for each person of a mail to a role, in one step: each is a job with a key of
   * its own, so that whoever got theirs gets no second one. Nobody to mail is an incident.
   */
  async address(job: ClaimedJob): Promise<'finished' | GivenUp> {
    const role = textIn(job, 'role');
    const unfit: { why: GivenUp | undefined } = { why: undefined };
    await this.#parts.steps.take(job.caseId, async ({ stored, definition }, now) => {
      const staff = {
        people: await this.#parts.accounts.list(),
        excluded: [],
        today: dateIn(definition.core.view.timeZone, now),
      };
      const recipients = recipientsOf(role, staff);
      unfit.why = recipients.length === 0 ? nobody(role) : undefined;
      if (unfit.why !== undefined) return refusal('stale', unfit.why.message);
      return addressed(job, recipients, stored, now);
    });
    return unfit.why ?? 'finished';
  }
}

/** Everybody who has the role, or whoever stands in for them today; each person once. */
function recipientsOf(role: string, staff: Staff): readonly Chosen[] {
  const byAddress = new Map<string, Chosen>();
  for (const member of havingRole([role], staff.people)) {
    const standIn = standInFor(member, staff);
    const chosen =
      standIn === undefined ? { person: member } : { person: standIn, insteadOf: member };
    const key = emailKey(chosen.person.email);
    // Who has the role is named for themselves, whoever they stand in for.
    if (standIn === undefined || !byAddress.has(key)) byAddress.set(key, chosen);
  }
  return [...byAddress.values()];
}

function addressed(
  job: ClaimedJob,
  recipients: readonly Chosen[],
  { id: caseId, version }: StoredCase,
  now: number,
): Draft {
  const role = textIn(job, 'role');
  const letter = {
    message: textIn(job, 'message'),
    subject: textIn(job, 'subject'),
    text: textIn(job, 'text'),
    html: textIn(job, 'html'),
  };
  return {
    entry: {
      kind: 'mailed',
      actor: SYSTEM,
      body: { job: job.id, message: letter.message, role, people: recipients.map(named) },
    },
    // The step has no effects of its own: these are the keys that it could give.
    addJobs: recipients.map(({ person }, index): Job => ({
      id: `${caseId}/${version + 1}/${index + 1}`,
      caseId,
      kind: 'mail',
      payload: { ...letter, to: person.email },
      runAt: now,
    })),
    finishJobs: [{ id: job.id, attempts: job.attempts }],
  };
}

function named({ person, insteadOf }: Chosen): JsonObject {
  return {
    id: person.id,
    name: person.name,
    ...(insteadOf && { insteadOf: { id: insteadOf.id, name: insteadOf.name } }),
  };
}

function nobody(role: string): GivenUp {
  const message =
    `A mail goes to everybody with the role "${role}", and nobody has it. ` +
    'Give the role to somebody and try again, or go on without the mail.';
  return { code: 'nobody', message };
}
