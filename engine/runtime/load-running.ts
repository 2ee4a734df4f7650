import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cases, WorkflowVersion } from '../ports/cases.ts';
import type { Log } from '../ports/log.ts';
import type { Catalogue } from './catalogue.ts';

/** How many versions are read before a host takes requests, however long it takes. */
const ALWAYS = 10;

/** For how long more of them are, in milliseconds. */
const BEFORE = 750;

export interface LoadRunningParts {
  readonly cases: Pick<Cases, 'versionsInUse'>;
  readonly catalogue: Pick<Catalogue, 'list' | 'version'>;
  readonly log: Log;
  /** Milliseconds that pass, from whenever. (Default: those of the process) */
  readonly elapsed?: () => number;
}

/** What is still read beside the work of a host. */
export interface LoadingBeside {
  /** Resolves once all is read, or reading was stopped. */
  readonly done: Promise<void>;
  /** Reads no more, and resolves once nothing is read. */
  stop(): Promise<void>;
}

/**
 * Makes ready what cases run or will: the versions that unfinished cases run, those with the most cases
 * first, and the newest version of each workflow, with the releases of the core that they were
 * published against. A host calls it before it takes requests, so that hardly one of them has to wait
 * while a definition is read for the first time; where there are very many, the rest follows between
 * requests. One that cannot be read is logged: its cases become incidents once they are to go on.
 */
export async function loadRunning(parts: LoadRunningParts): Promise<LoadingBeside> {
  const { elapsed = () => performance.now() } = parts;
  const first = await versionsOf(parts);
  const more = first.splice(ALWAYS);
  const stopped = new AbortController();
  const end = elapsed() + BEFORE;
  await loadEach(first, parts, () => false);
  await loadEach(more, parts, () => elapsed() >= end);
  const done = loadEach(more, parts, () => stopped.signal.aborted);
  return {
    done,
    stop: () => {
      stopped.abort();
      return done;
    },
  };
}

async function versionsOf({ cases, catalogue }: LoadRunningParts): Promise<WorkflowVersion[]> {
  const inUse = [...(await cases.versionsInUse())].sort((a, b) => b.cases - a.cases);
  const newest = catalogue.list().map(({ name, version }) => ({ workflow: name, version }));
  const keyOf = ({ workflow, version }: WorkflowVersion): string => `${workflow}@${version}`;
  return [...new Map([...inUse, ...newest].map((one) => [keyOf(one), one])).values()];
}

/** Takes one after another from those that are left and reads it, until it is enough. */
async function loadEach(
  left: WorkflowVersion[],
  { catalogue, log }: LoadRunningParts,
  isEnough: () => boolean,
): Promise<void> {
  while (!isEnough()) {
    const next = left.shift();
    if (next === undefined) return;
    const { workflow, version } = next;
    try {
      await catalogue.version(workflow, version);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('definition-unreadable', { workflow, version, reason });
    }
    await nextTurn();
  }
}
