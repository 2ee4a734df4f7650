import type { Around } from '../../../server/host/open-host.ts';
import { committing } from './committing.ts';

/** Says that steps are saved before they are, and saves them a little later. */
export function acknowledgeFirst(): Around {
  return committing((steps, save) => {
    setTimeout(() => {
      save(steps).catch(() => undefined);
    }, 20);
    return Promise.resolve(steps.map(() => ({ kind: 'saved' })));
  });
}
