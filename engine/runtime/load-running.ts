import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cases } from '../ports/cases.ts';
import type { Log } from '../ports/log.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * Makes everything ready that cases run or will: the newest version of each workflow, those that
 * unfinished cases run, and the releases of the core that these were published against. A host calls
 * it before it takes requests, so that none of them has to wait while a definition is read for the
 * first time. One that cannot be read is logged: its cases become incidents once they are to go on.
 */
export async function loadRunning(cases: Cases, catalogue: Catalogue, log: Log): Promise<void> {
  const newest = catalogue.list().map(({ name, version }) => ({ workflow: name, version }));
  for (const { workflow, version } of [...newest, ...(await cases.versionsInUse())]) {
    try {
      await catalogue.version(workflow, version);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('definition-unreadable', { workflow, version, reason });
    }
    await nextTurn();
  }
}
