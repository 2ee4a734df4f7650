import { itemProgress } from '../../engine/index.ts';
import type { CaseLook } from '../../engine/index.ts';
import { namesOf } from '../views/texts/names.ts';

/** Names a state that a case is in; one that goes through a list says how far it is, one whose turn has not come that it is queued. */
export function stateName(look: CaseLook, id: string): string {
  const name = namesOf(look.definition.compiled.workflow).state(id);
  if (look.queued.includes(id)) return `${name} (queued)`;
  const progress = itemProgress(look).find(({ state }) => state === id);
  return progress === undefined ? name : `${name} (${progress.ended} of ${progress.count})`;
}
