import type { Around } from '../../../server/host/open-host.ts';
import { committing } from './committing.ts';

/** Does not save the jobs of every seventh step. */
export function lostJob(): Around {
  let steps = 0;
  return committing((all, save) =>
    save(
      all.map((step) => {
        steps += 1;
        return steps % 7 === 0 ? { ...step, jobs: { ...step.jobs, add: [] } } : step;
      }),
    ),
  );
}
