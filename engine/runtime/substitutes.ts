import { dateIn } from '../kernel/values/zone.ts';
import type { Accounts, User } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Task } from '../ports/step.ts';
import { excludedFrom, isUnfinished } from './assignment.ts';
import { isAway, standInFor } from './choose-person.ts';
import type { StandIn } from './choose-person.ts';
import type { LoadedCase } from './loaded-case.ts';
import type { Steps } from './steps.ts';

interface Parts {
  readonly steps: Steps;
  readonly accounts: Accounts;
  readonly clock: Pick<Clock, 'now'>;
}

/** Who stands in for whom today. */
export class Substitutes {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Lists the people for whom somebody stands in today, on the calendar of a zone; by email address. */
  async absentees(person: string, timeZone: string): Promise<readonly User[]> {
    const people = await this.#parts.accounts.list();
    const today = dateIn(timeZone, this.#parts.clock.now());
    return people.filter((absent) => {
      return standInFor(absent, { people, excluded: [], today })?.id === person;
    });
  }

  /**
   * Finds who may do a task in place of whoever has it and is away: nobody who is excluded from it,
   * and nobody where whoever has it could not do it either.
   * @throws `TrellisError` with code `no-case`.
   */
  async standIn(task: Task, of?: LoadedCase): Promise<StandIn | undefined> {
    const { accounts, steps, clock } = this.#parts;
    if (task.assignee === undefined || !isUnfinished(task)) return undefined;
    const insteadOf = await accounts.byId(task.assignee);
    if (insteadOf?.away === undefined || !couldDo(insteadOf, task)) return undefined;
    const loaded = of ?? (await steps.fresh(task.caseId));
    const today = dateIn(loaded.definition.core.view.timeZone, clock.now());
    if (!isAway(insteadOf, today)) return undefined;
    const excluded = excludedFrom(task, loaded);
    const person = standInFor(insteadOf, { people: await accounts.list(), excluded, today });
    return person && { person, insteadOf };
  }
}

function couldDo({ roles }: User, task: Task): boolean {
  const isEntrusted = task.roles.length === 0 || task.delegatedBy !== undefined;
  return isEntrusted || task.roles.some((role) => roles.includes(role));
}
