import type { Records } from '../records.ts';
import type { Broken } from './broken.ts';

/** However a host ends, it leaves a history that holds: nobody has to repair one. */
export function brokenHistory({ leftBehind }: Pick<Records, 'leftBehind'>): readonly Broken[] {
  return leftBehind.map(({ kill, message }) => {
    return { promise: 9, about: `what kill ${kill} left behind`, evidence: message };
  });
}
