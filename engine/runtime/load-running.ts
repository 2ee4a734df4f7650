import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cases, WorkflowVersion } from '../ports/cases.ts';
import type { Log } from '../ports/log.ts';
import type { Catalogue } from './catalogue.ts';

/** How many versions are read before a host takes requests; each takes some 10 ms. */
const BEFORE = 50;

export interface LoadRunningParts {
  readonly cases: Pick<Cases, 'versionsInUse'>;
  readonly catalogue: Pick<Catalogue, 'list' | 'version'>;
  readonly log: Log;
  /** (Default: 50) */
  readonly before?: number;
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
  const versions = await versionsOf(parts);
  const { before = BEFORE } = parts;
  const stopped = new AbortController();
  await loadAll(versions.slice(0, before), parts, stopped.signal);
  const done = loadAll(versions.slice(before), parts, stopped.signal);
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

async function loadAll(
  versions: readonly WorkflowVersion[],
  { catalogue, log }: LoadRunningParts,
  signal: AbortSignal,
): Promise<void> {
  for (const { workflow, version } of versions) {
    if (signal.aborted) return;
    try {
      await catalogue.version(workflow, version);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('definition-unreadable', { workflow, version, reason });
    }
    await nextTurn();
  }
}
