import type { CaseContext } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { placeOf } from '../compile/queueing.ts';
import type { Effect } from '../effects.ts';
import type { Refusal } from './step-result.ts';
import { refusal } from './step-result.ts';

/** The places in queues that a case has, asked for once more: each stays where it is. */
export function placesOf({ states }: CompiledWorkflow, context: CaseContext): readonly Effect[] {
  return Object.keys(context.open).flatMap((id) => {
    const limit = states.get(id)?.limit;
    return limit === undefined ? [] : placeOf(context, id, limit);
  });
}

/** Why nobody leads a case into a state, or out of `from` into it, past the queue of a state around. */
export function passedQueue(
  { states }: CompiledWorkflow,
  to: string,
  from?: string,
): Refusal | undefined {
  const passed = [...states.values()].find(
    ({ id, limit }) =>
      limit !== undefined && isInside(to, id) && (from === undefined || !isInside(from, id)),
  );
  if (passed === undefined) return undefined;
  return refusal(
    'not-possible',
    `"${passed.id}" has a limit, and the case would pass its queue. Lead it to "${passed.id}" itself.`,
  );
}

function isInside(id: string, around: string): boolean {
  return id.startsWith(`${around}/`);
}
