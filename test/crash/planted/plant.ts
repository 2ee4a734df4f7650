import type { Bug, Ground, Planted } from './bug.ts';
import { changedKey, markFirst, sendFirst } from './effects.ts';
import { hastyClock, leaseIgnored, lostVisit, noFencing, ownClock } from './jobs.ts';
import {
  acknowledgeFirst,
  forgottenKey,
  historyGap,
  lostJob,
  messageApart,
  newestVersion,
  noTransaction,
  staleAccepted,
} from './steps.ts';

/** Every bug that can be planted in a host, by its name. */
const BUGS: ReadonlyMap<string, Bug> = new Map([
  ['send-first', sendFirst],
  ['mark-first', markFirst],
  ['acknowledge-first', acknowledgeFirst],
  ['no-transaction', noTransaction],
  ['lost-job', lostJob],
  ['history-gap', historyGap],
  ['message-apart', messageApart],
  ['forgotten-key', forgottenKey],
  ['changed-key', changedKey],
  ['newest-version', newestVersion],
  ['hasty-clock', hastyClock],
  ['lost-visit', lostVisit],
  ['stale-accepted', staleAccepted],
  ['lease-ignored', leaseIgnored],
  ['no-fencing', noFencing],
  ['own-clock', ownClock],
]);

/** Bugs that only several hosts on one database can have. */
const BETWEEN_HOSTS: ReadonlySet<string> = new Set([
  'stale-accepted',
  'lease-ignored',
  'no-fencing',
  'own-clock',
]);

/** The bugs that one host can have by itself. */
export const BUGS_OF_ONE = [...BUGS.keys()].filter((name) => !BETWEEN_HOSTS.has(name));
/** The bugs that show between two hosts. */
export const BUGS_BETWEEN = [...BETWEEN_HOSTS];

/** Plants bugs, the first of them next to the ports themselves. */
export function plant(names: readonly string[], ground: Ground): readonly Planted[] {
  return names.map((name) => {
    const bug = BUGS.get(name);
    if (bug === undefined) throw new Error(`There is no bug "${name}".`);
    return bug(ground);
  });
}
