import type { AnyMachineSnapshot } from 'xstate';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { UNDONE_EVENT } from '../compile/names.ts';
import { dropLeft } from '../compile/visits.ts';
import type { Effect } from '../effects.ts';
import { TrellisError } from '../errors.ts';
import { cancelOut } from './cancel-out.ts';
import type { LiveCase } from './live-case.ts';
import { activeStates, liveCase, statusOf, withContext } from './live-case.ts';
import type { StepResult } from './step-result.ts';
import { startNextUndo, undoLate } from './undo.ts';

/**
 * Sends an event through the machine; effects collect in the scope.
 * @throws `TrellisError` with code `endless` when rules without a wait never come to rest.
 */
export function send(compiled: CompiledWorkflow, live: LiveCase, type: string): LiveCase {
  const next = withoutEndlessLoop(
    () =>
      compiled.machine.transition(
        live.snapshot,
        { type },
        compiled.scope.actorScope,
      ) as AnyMachineSnapshot,
  );
  return next === live.snapshot ? live : liveCase(next);
}

/** Ends a step: undo lists go on, what was left is dropped, the end of the case is said. */
export function settle(
  compiled: CompiledWorkflow,
  live: LiveCase,
  wasFinished: boolean,
): StepResult {
  const undone = carryOnUndo(compiled, live);
  const late = undoLate(undone.live.context);
  const settled = withContext(undone.live, dropLeft(late.context));
  const collected = compiled.scope.take();
  const { outcome } = settled.context;
  const effects: readonly Effect[] = [
    ...cancelOut(collected.effects),
    ...undone.effects,
    ...late.effects,
    ...finish(settled, wasFinished),
  ];
  return {
    kind: 'stepped',
    case: settled,
    effects,
    status: statusOf(settled),
    ...(outcome === undefined ? {} : { outcome }),
    states: activeStates(settled),
    taken: collected.taken,
  };
}

function carryOnUndo(
  compiled: CompiledWorkflow,
  live: LiveCase,
): { readonly live: LiveCase; readonly effects: readonly Effect[] } {
  let current = live;
  while (current.context.undoing !== undefined) {
    const { undoing } = current.context;
    if (undoing.entries.length > 0) {
      const next = startNextUndo(current.context);
      return { live: withContext(current, next.context), effects: next.effects };
    }
    if ('parentEntry' in undoing.then) {
      const context = { ...current.context, undoing: undefined };
      const entry = undoing.then.parentEntry;
      return { live: withContext(current, context), effects: [{ kind: 'child-undone', entry }] };
    }
    current = send(compiled, current, UNDONE_EVENT);
  }
  return { live: current, effects: [] };
}

function finish(live: LiveCase, wasFinished: boolean): readonly Effect[] {
  if (wasFinished || live.snapshot.status !== 'done') return [];
  return [{ kind: 'finish', outcome: live.context.outcome ?? '', data: live.context.data }];
}

function withoutEndlessLoop<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Infinite loop detected')) {
      throw new TrellisError(
        'endless',
        'The rules of this workflow lead on without ever waiting. Add a state that waits.',
      );
    }
    throw error;
  }
}
