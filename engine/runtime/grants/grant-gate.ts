import type { CoreView, Grant } from '../../kernel/core-view.ts';
import { addToDate, dateIn, startOfDate } from '../../kernel/values/zone.ts';
import type { Clock } from '../../ports/clock.ts';
import type { GrantUses } from '../../ports/grant-uses.ts';
import type { ClaimedJob } from '../../ports/step.ts';
import type { Definition } from '../catalogue.ts';
import type { ForceLook, InForce } from '../in-force.ts';
import type { GivenUp } from '../incidents.ts';
import type { LoadedCase } from '../loaded-case.ts';
import { MAIL_OPERATION } from '../outgoing-mail.ts';
import { objectIn, textIn } from '../payload.ts';
import { grantKey } from './grant-key.ts';
import { isCurrent } from './grants-now.ts';
import { fieldsWritten, grantsToWrite } from './written-fields.ts';

interface Parts {
  readonly inForce: Pick<InForce, 'current'>;
  readonly grantUses: GrantUses;
  readonly clock: Pick<Clock, 'now'>;
  readonly load: (caseId: string) => Promise<LoadedCase>;
  /** The core in force. (Default: the one that the case's version pins) */
  readonly core?: () => CoreView;
}

/**
 * Stands between the jobs and what teams were granted: what was revoked, has ended or is used up is
 * not called, whatever the workflow was checked against.
 */
export class GrantGate {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Says why a job may not use what it asks for; where it may, its use is counted. */
  async refuses(job: ClaimedJob): Promise<GivenUp | undefined> {
    const part = partOf(job);
    if (part === undefined) return undefined;
    const { stored, definition } = await this.#parts.load(job.caseId);
    const { view: pinned } = definition.core;
    if (job.kind === 'message') return this.#refusesMessage(stored.team, part, pinned);
    // What a team runs of its own needs no grant.
    if (pinned.runnables.get(part)?.team === stored.team) return undefined;
    const core = this.#parts.core?.() ?? pinned;
    const written = writtenBy(job, part, pinned);
    return (
      (await this.#revoked(stored.team, part)) ??
      (await this.#refusesFields(core, stored.team, written)) ??
      this.#use(core, stored.team, part)
    );
  }

  /** Says why a case may not be handed a message. Messages are not counted. */
  async keepsFrom(caseId: string, message: string): Promise<GivenUp | undefined> {
    const { stored, definition } = await this.#parts.load(caseId);
    return this.#refusesMessage(stored.team, message, definition.core.view);
  }

  /** Says why a message may not begin a case of a workflow. */
  async keepsFromBeginning(
    { compiled, core }: Pick<Definition, 'compiled' | 'core'>,
    message: string,
  ): Promise<GivenUp | undefined> {
    return this.#refusesMessage(compiled.workflow.team, message, core.view);
  }

  async #refusesMessage(
    team: string,
    message: string,
    pinned: CoreView,
  ): Promise<GivenUp | undefined> {
    // What workflows send each other needs no grant.
    if (!pinned.messages.has(message)) return undefined;
    const core = this.#parts.core?.() ?? pinned;
    const revoked = await this.#revoked(team, message);
    if (revoked !== undefined) return revoked;
    const given = core.grants.filter(
      (grant) => grant.team === team && grant.messages.includes(message),
    );
    if (given.length === 0)
      return this.#parts.core === undefined ? undefined : notGranted(team, message, core);
    const today = dateIn(core.timeZone, this.#parts.clock.now());
    return given.some((grant) => isCurrent(grant, today)) ? undefined : ended(team, message, given);
  }

  /** Says why a team may not write one of these fields of records. */
  async #refusesFields(
    core: CoreView,
    team: string,
    fields: readonly string[],
  ): Promise<GivenUp | undefined> {
    const look = await this.#parts.inForce.current();
    const today = dateIn(core.timeZone, this.#parts.clock.now());
    for (const field of fields) {
      const given = grantsToWrite(core, team, field);
      if (given.length === 0 && this.#parts.core === undefined) continue;
      const left = given.filter(({ name }) => look.revoked(team, name) === undefined);
      if (left.some(({ grant }) => isCurrent(grant, today))) continue;
      if (given.length === 0) return notGranted(team, field, core);
      const revoked = given.map(({ name }) => look.revoked(team, name)).find((one) => one);
      return left.length === 0 && revoked !== undefined
        ? revokedWhy(team, field, revoked)
        : ended(
            team,
            field,
            given.map(({ grant }) => grant),
          );
    }
    return undefined;
  }

  async #revoked(team: string, part: string): Promise<GivenUp | undefined> {
    const revoked = (await this.#parts.inForce.current()).revoked(team, part);
    return revoked && revokedWhy(team, part, revoked);
  }

  /** Uses the first grant that stands and is not used up. */
  async #use(core: CoreView, team: string, part: string): Promise<GivenUp | undefined> {
    const { clock, grantUses } = this.#parts;
    const today = dateIn(core.timeZone, clock.now());
    const given = core.grants.filter(
      (grant) => grant.team === team && grant.operations.includes(part),
    );
    // A version that stands was checked; where nothing was granted, nothing was asked for.
    if (given.length === 0)
      return this.#parts.core === undefined ? undefined : notGranted(team, part, core);
    const current = given.filter((grant) => isCurrent(grant, today));
    if (current.length === 0) return ended(team, part, given);
    for (const grant of current) {
      const { quota } = grant;
      if (quota === undefined) return undefined;
      if (await grantUses.take(grantKey(grant), today, quota)) return undefined;
    }
    return usedUp(team, part, current, { today, timeZone: core.timeZone });
  }
}

/** What a job needs a grant for; nothing for what stays inside of Trellis. */
function partOf(job: ClaimedJob): string | undefined {
  switch (job.kind) {
    case 'call':
    case 'undo':
      return textIn(job, 'operation');
    case 'mail':
      return MAIL_OPERATION;
    case 'run':
    case 'start':
      return textIn(job, 'workflow');
    case 'message':
      return textIn(job, 'name');
    default:
      return undefined;
  }
}

/** The fields of records that a job writes. */
function writtenBy(job: ClaimedJob, part: string, { operations }: CoreView): readonly string[] {
  const operation = operations.get(part);
  return operation?.record === undefined || (job.kind !== 'call' && job.kind !== 'undo')
    ? []
    : fieldsWritten(operation, objectIn(job, 'input'));
}

type Revoked = NonNullable<ReturnType<ForceLook['revoked']>>;

function revokedWhy(team: string, part: string, { actor, reason }: Revoked): GivenUp {
  return {
    code: 'grant-revoked',
    message: `${actor.name} has revoked the leave of the team "${team}" to use "${part}": ${reason} It goes on once the grant is restored and this is retried.`,
  };
}

function notGranted(team: string, part: string, { release }: CoreView): GivenUp {
  return {
    code: 'grant-missing',
    message: `In release ${release} the team "${team}" has no leave to use "${part}" any more. It goes on once IT grants it again and this is retried.`,
  };
}

function ended(team: string, part: string, grants: readonly Grant[]): GivenUp {
  const last =
    grants
      .map(({ until = '' }) => until)
      .sort()
      .at(-1) ?? '';
  return {
    code: 'grant-ended',
    message: `The leave of the team "${team}" to use "${part}" ended on ${last}. It goes on once IT has granted it anew and this is retried.`,
  };
}

function usedUp(
  team: string,
  part: string,
  grants: readonly Grant[],
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): GivenUp {
  const quota = Math.max(...grants.map((grant) => grant.quota ?? 0));
  const again = startOfDate(timeZone, addToDate(today, 1, 'days'));
  const from = new Date(again).toISOString();
  return {
    code: 'quota-used',
    message: `The team "${team}" has used "${part}" as often as it may today: ${quota} per day. It goes on by itself from ${from} (midnight in ${timeZone}) on; once IT grants more, it can be retried sooner.`,
    again,
  };
}
