import type { Assignment } from '../kernel/effects.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import { dateIn } from '../kernel/values/zone.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Cases } from '../ports/cases.ts';
import type { ClaimedJob, Task } from '../ports/step.ts';
import type { Worklist } from '../ports/worklist.ts';
import { excludedFrom } from './assignment.ts';
import { candidates, findPerson, leastLoaded, nextInTurn } from './choose-person.ts';
import type { Chosen, Staff } from './choose-person.ts';
import type { Draft } from './draft.ts';
import { SYSTEM } from './draft.ts';
import { taskId } from './effect-writes.ts';
import type { GivenUp } from './incidents.ts';
import type { LoadedCase } from './loaded-case.ts';
import { visitOf } from './payload.ts';
import type { Steps } from './steps.ts';

interface Parts {
  readonly steps: Steps;
  readonly accounts: Accounts;
  readonly worklist: Worklist;
  readonly cases: Cases;
}

/** Finds the people behind assignments: only here it is known who exists, and how much they have. */
export class Assigner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Gives the task of a visit to whom it is for; whom it cannot find is an incident. */
  async assign(job: ClaimedJob): Promise<'finished' | 'finish' | GivenUp> {
    const unfit: { why: GivenUp | undefined } = { why: undefined };
    const end = await this.#parts.steps.take(job.caseId, async (loaded, now) => {
      unfit.why = undefined;
      const task = await this.#openTask(job, loaded);
      if (task === undefined) return refusal('stale', 'The task is over, or has somebody.');
      const found = await this.#find(
        assignmentIn(job),
        await this.#staff(loaded, task, now),
        task,
        loaded,
      );
      if (found === 'nothing to do') return refusal('stale', 'People claim it themselves.');
      if ('code' in found) {
        unfit.why = found;
        return refusal('stale', found.message);
      }
      return assigned(task, found, job);
    });
    if (end.kind === 'saved' || end.kind === 'fenced') return 'finished';
    return unfit.why ?? 'finish';
  }

  /** The task, while the case waits for it and nobody has it. */
  async #openTask(job: ClaimedJob, { live }: LoadedCase): Promise<Task | undefined> {
    const { state, visit } = visitOf(job);
    const open = live.context.open[state];
    if (open?.visit !== visit || open.ended !== undefined) return undefined;
    const task = await this.#parts.worklist.task(taskId(job.caseId, { state, visit }));
    return task?.status === 'open' && task.assignee === undefined ? task : undefined;
  }

  async #staff(loaded: LoadedCase, task: Task, now: number): Promise<Staff> {
    return {
      people: await this.#parts.accounts.list(),
      excluded: excludedFrom(task, loaded),
      today: dateIn(loaded.definition.core.view.timeZone, now),
    };
  }

  async #find(
    assignment: Assignment,
    staff: Staff,
    { state }: Task,
    { stored, definition }: LoadedCase,
  ): Promise<Chosen | GivenUp | 'nothing to do'> {
    if (assignment.kind === 'person') return findPerson(assignment.person, staff);
    const { roles, pick } = assignment;
    const unknown = roles.filter((role) => !definition.core.view.roles.includes(role));
    if (roles.length === 0 || unknown.length > 0) return noRole(unknown);
    if (pick === 'claim') return 'nothing to do';
    const among = candidates(roles, staff);
    const chosen =
      pick === 'leastLoaded'
        ? leastLoaded(among, await this.#loads(among))
        : nextInTurn(roles, await this.#turn(`${stored.workflow}/${state}`), among, staff);
    return chosen ?? nobody(roles);
  }

  #loads(among: readonly Chosen[]): Promise<ReadonlyMap<string, number>> {
    return this.#parts.worklist.loads(among.map(({ person }) => person.id));
  }

  /** Turns count on over all cases and hosts, beside the numbers of references. */
  async #turn(place: string): Promise<number> {
    return (await this.#parts.cases.nextNumber(`turn of ${place}`)) - 1;
  }
}

function assigned(task: Task, { person, insteadOf }: Chosen, job: ClaimedJob): Draft | Refusal {
  const assignee = { id: person.id, name: person.name };
  const absent = insteadOf && { insteadOf: { id: insteadOf.id, name: insteadOf.name } };
  return {
    entry: { kind: 'assigned', actor: SYSTEM, body: { task: task.id, assignee, ...absent } },
    tasks: [{ id: task.id, assignee: person.id, ...(insteadOf && { delegatedBy: insteadOf.id }) }],
    finishJobs: [{ id: job.id, attempts: job.attempts }],
  };
}

function assignmentIn({ payload }: ClaimedJob): Assignment {
  return payload as unknown as Assignment;
}

function noRole(unknown: readonly string[]): GivenUp {
  const what =
    unknown.length === 0
      ? 'The task is for people with certain roles, but the list of roles is empty.'
      : `The task is for people with the role "${unknown.join('", "')}", which the company does not have.`;
  return { code: 'no-role', message: `${what} Reassign it.` };
}

function nobody(roles: readonly string[]): GivenUp {
  const message =
    `Nobody who may do this task has the role "${roles.join('" or "')}". ` +
    'Give the role to somebody and try again, or reassign it.';
  return { code: 'nobody', message };
}
