import type { Cases } from './cases.ts';
import type { StoredCase } from './step.ts';
import type { Page, Worklist } from './worklist.ts';

/** A case at one of its steps. */
export type CaseVersion = Pick<StoredCase, 'id' | 'version'>;

/** Finished cases of a workflow of which nothing has changed for long. */
export interface RestingSince {
  readonly workflow: string;
  /** Their last step was taken at this time or before (epoch milliseconds). */
  readonly until: number;
}

/**
 * Where finished cases go, so that what is under way stays small. They move in two commits: copied, then
 * removed from where they were. Whoever reads meets a case once, wherever it is.
 */
export interface Archive {
  /**
   * Finished cases that may move, oldest first: no job and no incident of them is left, and their
   * parent, where they have one, does not lie among the live cases any more. A page may have fewer
   * rows than `limit`, or none, and yet a next one.
   *
   * @throws `TrellisError` with code `bad-cursor` where `after` is no cursor of such a list.
   */
  due(since: RestingSince, after: string | undefined, limit: number): Promise<Page<CaseVersion>>;
  /**
   * Copies cases with all that is stored of them, in one transaction, in place of earlier copies. Passes
   * over those that have gone on since, are not finished, or have a copy of this version.
   *
   * @param at when, in epoch milliseconds
   */
  copy(cases: readonly CaseVersion[], at: number): Promise<void>;
  /**
   * Removes from the live cases those of which there is a copy of this version, in one transaction;
   * answers how many. Passes over those that have gone on since.
   */
  remove(cases: readonly CaseVersion[]): Promise<number>;
}

/** The archive as an adapter reads it, by the same names as the live cases. */
export interface ArchiveReader
  extends Pick<Cases, 'load' | 'history' | 'link'>, Pick<Worklist, 'task' | 'tasksOfCase'> {}

/**
 * Lets whoever looks for a live case find it in the archive as well. The live ones are looked through
 * first: a case that moves meanwhile was copied before it left them.
 */
export function casesWithArchive(live: Cases, archive: ArchiveReader): Cases {
  return {
    ...live,
    load: async (id) => (await live.load(id)) ?? archive.load(id),
    history: async (caseId, after, limit) => {
      const entries = await live.history(caseId, after, limit);
      return entries.length > 0 ? entries : archive.history(caseId, after, limit);
    },
    link: async (hash) => (await live.link(hash)) ?? archive.link(hash),
  };
}

/** The same for tasks. */
export function worklistWithArchive(live: Worklist, archive: ArchiveReader): Worklist {
  return {
    ...live,
    task: async (id) => (await live.task(id)) ?? archive.task(id),
    tasksOfCase: async (caseId) => {
      const tasks = await live.tasksOfCase(caseId);
      return tasks.length > 0 ? tasks : archive.tasksOfCase(caseId);
    },
  };
}
