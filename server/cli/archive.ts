import { Catalogue, archiveRound, archiveRules, createSystemClock } from '../../engine/index.ts';
import type { Store } from '../../engine/index.ts';
import { withOperations, withStoreToRead } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** How many due cases of a workflow are counted at most, and how many are read at once. */
const COUNTED = 10_000;
const PAGE = 500;
const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;

/** Tells of which workflows how many cases are due. */
export async function archiveStatus(output: Output): Promise<ExitCode> {
  return withStoreToRead(async (store): Promise<ExitCode> => {
    const catalogue = new Catalogue(store.registry);
    const now = createSystemClock().now();
    const rules = await archiveRules({ registry: store.registry, catalogue });
    const workflows = [];
    for (const { workflow, after } of rules) {
      const due = await countDue(store, workflow, now - after);
      const count = due > COUNTED ? `more than ${COUNTED}` : String(due);
      output.line(`${workflow}  after ${lengthText(after)}  ${count} due`);
      workflows.push({ workflow, afterMs: after, due });
    }
    if (rules.length === 0) {
      output.line('Nothing moves to the archive: the policies of the core name no "retention".');
    }
    output.result({ workflows });
    return 0;
  });
}

/** Whole days where they are, else hours. */
function lengthText(length: number): string {
  return length % DAY === 0 ? `${length / DAY} d` : `${length / HOUR} h`;
}

async function countDue({ archive }: Store, workflow: string, until: number): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await archive.due({ workflow, until }, after, PAGE);
    count += page.rows.length;
    after = page.next;
  } while (after !== undefined && count <= COUNTED);
  return count;
}

/** Moves what is due, and then what could not move before the case that ran it. */
export async function archiveRun(output: Output): Promise<ExitCode> {
  return withOperations(async ({ store, catalogue }): Promise<ExitCode> => {
    const now = createSystemClock().now();
    let moved = 0;
    let inRound: number;
    do {
      inRound = 0;
      for await (const count of archiveRound({ store, catalogue }, now)) inRound += count;
      moved += inRound;
    } while (inRound > 0);
    output.line(`${moved} cases have moved to the archive`);
    output.result({ moved });
    return 0;
  });
}
