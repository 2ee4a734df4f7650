import type { Around } from '../../../server/host/open-host.ts';
import { acknowledgeFirst } from './acknowledge-first.ts';
import { lostJob } from './lost-job.ts';

/** A bug that the harness must find: something laid around a host's ports that breaks a promise. */
export type Bug = () => Around;

/** Every bug that can be planted, by its name. */
export const BUGS: ReadonlyMap<string, Bug> = new Map([
  ['acknowledge-first', acknowledgeFirst],
  ['lost-job', lostJob],
]);

/** Plants bugs, the first of them next to the ports themselves. */
export function plant(names: readonly string[]): readonly Around[] {
  return names.map((name) => {
    const bug = BUGS.get(name);
    if (bug === undefined) throw new Error(`There is no bug "${name}".`);
    return bug();
  });
}
