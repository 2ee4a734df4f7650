import type { Actor } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Accounts, User } from '../ports/accounts.ts';
import type { Incidents } from '../ports/jobs.ts';
import type { Task } from '../ports/step.ts';
import type { Worklist } from '../ports/worklist.ts';
import { excludedFrom, isUnfinished, taskOver } from './assignment.ts';
import type { Draft } from './draft.ts';
import type { LoadedCase } from './loaded-case.ts';
import type { Steps } from './steps.ts';

interface Parts {
  readonly steps: Steps;
  readonly accounts: Accounts;
  readonly worklist: Worklist;
  readonly incidents: Incidents;
}

/** Hands a task to somebody. Who may do so has been decided by `authorize`. */
export interface HandOn {
  readonly taskId: string;
  /** `delegate` for whoever has it, who may get it back; `reassign` for whoever manages it. */
  readonly how: 'delegate' | 'reassign';
  /** The id of an account. */
  readonly to: string;
  readonly reason: string;
  readonly actor: Actor;
}

/** The longest comment, and the longest reason, in characters. */
const LONGEST = 2_000;

/** What people do with each other's work: they hand tasks on, and write comments. */
export class Teamwork {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Hands an unfinished task to somebody else, with the reason.
   * @throws `TrellisError` with code `no-task`, `task-over`, `no-reason`, or `wrong-person` for
   * somebody who cannot have it: nobody, who has left, who is excluded, or without its role.
   */
  async handOn(command: HandOn): Promise<void> {
    const { taskId, actor, to } = command;
    const reason = textOf(command.reason, 'Say why, in a few words.');
    const { caseId } = await this.#task(taskId);
    await this.#parts.steps.take(caseId, async (loaded): Promise<Draft> => {
      const task = await this.#task(taskId);
      const isTheirs = task.assignee === actor.id;
      if (!isUnfinished(task) || (command.how === 'delegate' && !isTheirs)) throw taskOver();
      const person = takerOf(await this.#parts.accounts.byId(to), task, loaded);
      return handedOn(task, person, { ...command, reason }, await this.#unassigned(task));
    });
  }

  /**
   * Lists who could have a task: those of its roles (everybody where it is for one person), but
   * not whoever has it, is excluded or has left; by email address.
   * @throws `TrellisError` with code `no-case`.
   */
  async takers(task: Task): Promise<readonly User[]> {
    const loaded = await this.#parts.steps.fresh(task.caseId);
    const people = await this.#parts.accounts.list();
    return people.filter((person) => misfit(person, task, loaded) === undefined);
  }

  /**
   * Writes a comment into the history of a case.
   * @throws `TrellisError` with code `no-case` or `no-reason` (for an empty or too long one).
   */
  async comment(caseId: string, text: string, actor: Actor): Promise<void> {
    const comment = textOf(text, 'Write something first.');
    await this.#parts.steps.note(caseId, () => ({
      entry: { kind: 'comment', actor, body: { text: comment } },
    }));
  }

  /** The incidents that say that nobody has the task. */
  async #unassigned({ caseId, state, visit }: Task): Promise<readonly string[]> {
    const incidents = await this.#parts.incidents.ofCase(caseId);
    return incidents
      .filter(({ job }) => job.kind === 'assign')
      .filter((one) => one.state === state && one.visit === visit)
      .map(({ id }) => id);
  }

  async #task(id: string): Promise<Task> {
    const task = await this.#parts.worklist.task(id);
    if (task === undefined) throw new TrellisError('no-task', 'There is no such task.', { id });
    return task;
  }
}

function takerOf(person: User | undefined, task: Task, loaded: LoadedCase): User {
  const why = person === undefined ? 'Choose who is to have it.' : misfit(person, task, loaded);
  if (person === undefined || why !== undefined) throw new TrellisError('wrong-person', why ?? '');
  return person;
}

/** Why somebody cannot have a task. */
export function misfit(person: User, task: Task, loaded: LoadedCase): string | undefined {
  const { id, name, roles, leftAt } = person;
  if (leftAt !== undefined) return `${name} has left.`;
  if (id === task.assignee) return `${name} has it already.`;
  if (excludedFrom(task, loaded).includes(id)) {
    return `${name} had a part in this case before: somebody else must do this task.`;
  }
  const isAble = task.roles.length === 0 || roles.some((role) => task.roles.includes(role));
  return isAble ? undefined : `${name} does not have the role that this task needs.`;
}

function handedOn(
  task: Task,
  { id, name }: User,
  { how, actor, reason }: HandOn,
  incidents: readonly string[],
): Draft {
  const kind = how === 'delegate' ? 'delegated' : 'reassigned';
  const delegated = how === 'delegate' ? { delegatedBy: actor.id } : {};
  return {
    entry: {
      kind,
      actor,
      body: { task: task.id, from: task.assignee ?? null, assignee: { id, name }, reason },
    },
    tasks: [{ id: task.id, status: 'open', assignee: id, ...delegated }],
    resolveIncidents: incidents,
  };
}

function textOf(written: string, missing: string): string {
  const text = written.trim();
  if (text === '') throw new TrellisError('no-reason', missing);
  if (text.length <= LONGEST) return text;
  throw new TrellisError('no-reason', `It is too long: ${LONGEST} characters at most are kept.`);
}
