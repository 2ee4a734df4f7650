import type { Actor } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import { emailKey } from '../kernel/values/email-key.ts';
import type { Accounts, User } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Governance } from '../ports/governance.ts';
import type { Task } from '../ports/step.ts';
import type { TaskRow, Worklist } from '../ports/worklist.ts';
import { isUnfinished } from './assignment.ts';
import type { LoadedCase } from './loaded-case.ts';
import { govern } from './govern.ts';
import { reasonIn } from './operations.ts';
import type { Steps } from './steps.ts';
import { misfit } from './teamwork.ts';

/** Somebody leaves the company. Who may say so has been decided by `authorize`. */
export interface Leave {
  /** The id of the account. */
  readonly person: string;
  /** The id of whoever gets the work that was for this person alone. (Default: nobody) */
  readonly to?: string;
  readonly reason: string;
  readonly actor: Actor;
}

/** What has become of the open work of somebody who left. */
export interface Handover {
  /** How many tasks wait for their roles again, or for whoever had handed them on. */
  readonly returned: number;
  /** How many the successor got. */
  readonly handedOn: number;
  /** Those that nobody has: they have to be reassigned. */
  readonly left: readonly TaskRow[];
}

interface Parts {
  readonly steps: Steps;
  readonly accounts: Accounts;
  readonly worklist: Worklist;
  readonly governance: Governance;
  readonly clock: Pick<Clock, 'now'>;
}

/** How many tasks are read at once. */
const PAGE = 100;

/** Lets people leave, and hands their open work on. */
export class Leaving {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Somebody can do nothing any more, and gets nothing; what they had goes back to their roles, or
   * to the successor. Their keys sign nothing any more, also where they come back. Doing it again hands
   * on what was left.
   * @throws `TrellisError` with code `no-person`, `no-reason`, or `wrong-person` for a successor who
   * is nobody, or has left.
   */
  async leave({ person: id, to, reason: written, actor }: Leave): Promise<Handover> {
    const { accounts, clock } = this.#parts;
    const reason = reasonIn(written);
    const person = await accounts.byId(id);
    if (person === undefined) throw new TrellisError('no-person', 'There is no such account.');
    const successor = to === undefined ? undefined : await accounts.byId(to);
    if (
      to !== undefined &&
      (successor === undefined || successor.leftAt !== undefined || to === id)
    ) {
      throw new TrellisError('wrong-person', 'Choose a successor who works here.');
    }
    if (person.leftAt === undefined) await this.#sayLeft(person, reason, actor);
    // First, so that nothing new comes meanwhile.
    await accounts.change(id, { leftAt: person.leftAt ?? clock.now() });
    const tasks = await this.#tasksOf(id);
    const ends: Ending[] = [];
    for (const task of tasks) ends.push(await this.#handOn(task, id, successor, reason, actor));
    return {
      returned: ends.filter((end) => end === 'returned').length,
      handedOn: ends.filter((end) => end === 'handed on').length,
      left: tasks.filter((_task, index) => ends[index] === 'left'),
    };
  }

  /**
   * Somebody who had left works here again, with the roles that they had. They make themselves a new
   * key: nobody knows who has had the old one meanwhile.
   * @throws `TrellisError` with code `no-person`.
   */
  async comeBack(id: string, actor: Actor): Promise<void> {
    const { accounts, governance, clock } = this.#parts;
    const person = await accounts.byId(id);
    if (person === undefined) throw new TrellisError('no-person', 'There is no such account.');
    if (person.leftAt === undefined) return;
    const { email, roles } = person;
    const act = { kind: 'came-back', actor, body: { person: id, email, roles } } as const;
    await govern({ governance, clock }, () =>
      Promise.resolve({ draft: { acts: [act] }, answer: undefined }),
    );
    await accounts.change(id, { leftAt: null });
  }

  /** Puts it into the chain of acts, and takes the keys away. */
  async #sayLeft({ id, email }: User, reason: string, actor: Actor): Promise<void> {
    const { governance, clock } = this.#parts;
    await govern({ governance, clock }, async () => {
      const own = (await governance.keys()).filter(
        (one) => one.email === emailKey(email) && one.revokedAt === undefined,
      );
      return {
        draft: {
          acts: [
            { kind: 'left', actor, body: { person: id, email, reason } },
            ...own.map(({ key, email: of }) => ({
              ...{ kind: 'revoked-key' as const, actor },
              body: { key, email: of, why: 'They have left.' },
            })),
          ],
          keys: own.map((one) => ({ ...one, revokedAt: clock.now() })),
        },
        answer: undefined,
      };
    });
  }

  async #tasksOf(person: string): Promise<readonly TaskRow[]> {
    const found: TaskRow[] = [];
    const filter = { kind: 'mine', people: [person] } as const;
    let after: string | undefined;
    do {
      const page = await this.#parts.worklist.tasks(filter, after, PAGE);
      found.push(...page.rows);
      after = page.next;
    } while (after !== undefined);
    return found;
  }

  async #handOn(
    row: TaskRow,
    from: string,
    successor: User | undefined,
    reason: string,
    actor: Actor,
  ): Promise<Ending> {
    const { steps, worklist } = this.#parts;
    const decided: { end: Ending } = { end: 'over' };
    await steps.take(row.caseId, async (loaded) => {
      const task = await worklist.task(row.id);
      decided.end = 'over';
      if (task === undefined || !isUnfinished(task) || task.assignee !== from) return GONE;
      const taker = await this.#takerOf(task, loaded, successor);
      decided.end = taker.end;
      if (taker.end === 'left') return GONE;
      const { person } = taker;
      const assignee = person === undefined ? null : { id: person.id, name: person.name };
      return {
        entry: { kind: 'reassigned', actor, body: { task: task.id, from, assignee, reason } },
        tasks: [{ id: task.id, status: 'open', assignee: person?.id ?? null }],
      };
    });
    return decided.end;
  }

  /** Whoever lent it gets it back, else the roles, else the successor; as far as they may have it. */
  async #takerOf(
    task: Task,
    loaded: LoadedCase,
    successor: User | undefined,
  ): Promise<{ readonly end: Ending; readonly person?: User }> {
    const { delegatedBy, roles } = task;
    const lender =
      delegatedBy === undefined ? undefined : await this.#parts.accounts.byId(delegatedBy);
    const isFit = (person: User): boolean => misfit(person, task, loaded) === undefined;
    if (lender !== undefined && isFit(lender)) return { end: 'returned', person: lender };
    if (roles.length > 0) return { end: 'returned' };
    if (successor === undefined || !isFit(successor)) return { end: 'left' };
    return { end: 'handed on', person: successor };
  }
}

const GONE = refusal('stale', 'The task is over, somebody else has it, or nobody can have it.');

type Ending = 'returned' | 'handed on' | 'left' | 'over';
