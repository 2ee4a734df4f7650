import type { AnyMachineSnapshot } from 'xstate';
import type { CaseContext, OpenWork } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { undoneEvent } from '../compile/names.ts';
import { dropLeft } from '../compile/visits.ts';
import type { State } from '../definition/state.ts';
import type { Effect, Visit } from '../effects.ts';
import { isSameVisit } from '../effects.ts';
import { TrellisError } from '../errors.ts';
import { endless } from './attempt.ts';
import { cancelOut } from './cancel-out.ts';
import { listen } from './listen.ts';
import type { LiveCase } from './live-case.ts';
import { activeStates, progressOf, statusOf, withContext } from './live-case.ts';
import type { StepResult } from './step-result.ts';
import { keepTimers } from './timers.ts';
import { startNextUndo, undoLate, undoneRegion } from './undo.ts';

/** How many undo lists one step may begin; more are taken for rules that never come to rest. */
const MOST_UNDO_LISTS = 100;

/** Sends an event through the machine; effects collect in the scope. */
export function send(compiled: CompiledWorkflow, live: LiveCase, type: string): LiveCase {
  const { machine, scope, places } = compiled;
  const next = scope.run(
    live.context,
    () => machine.transition(live.place.snapshot, { type }, scope.actorScope) as AnyMachineSnapshot,
  );
  return { place: places.reached(next.snapshot), context: next.context };
}

/**
 * Ends a step: undo lists go on, what was left is dropped, the end of the case is said.
 * @throws `TrellisError` with code `endless` or `stuck`.
 */
export function settle(
  compiled: CompiledWorkflow,
  live: LiveCase,
  wasFinished: boolean,
): StepResult {
  const undone = carryOnUndo(compiled, live);
  const late = undoLate(undone.live.context);
  const collected = compiled.scope.take();
  const { effects: asked, neverBegun } = cancelOut(collected.effects);
  const context = withoutEmpty(forget(dropLeft(late.context), neverBegun));
  const root =
    undone.live.place.snapshot.status === 'done' ? leaveRoot(context) : { context, effects: [] };
  const timers = keepTimers(compiled, root.context, compiled.compilation.moment());
  const rested = awake(withContext(undone.live, timers.context));
  const heard = listen(compiled, rested);
  const settled = withContext(rested, heard.context);
  refuseStuck(compiled, settled);
  const { outcome } = settled.context;
  const effects: readonly Effect[] = [
    ...asked,
    ...root.effects,
    ...timers.effects,
    ...undone.effects,
    ...late.effects,
    ...heard.effects,
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
  const { undoing, undoingIn } = live.context;
  if (undoing === undefined && undoingIn === undefined) return { live, effects: [] };
  const effects: Effect[] = [];
  let current = live;
  for (let lists = 0; ; lists += 1) {
    if (lists > MOST_UNDO_LISTS) throw endless();
    const begun = startNextUndo(current.context);
    effects.push(...begun.effects);
    current = withContext(current, begun.context);
    const over = undoneRegion(current.context);
    if (over === undefined) return { live: current, effects };
    const { undoing, ...rest } = current.context;
    if (over === '' && undoing !== undefined && 'parentEntry' in undoing.then) {
      effects.push({ kind: 'child-undone', entry: undoing.then.parentEntry });
      return { live: withContext(current, rest), effects };
    }
    current = send(compiled, current, undoneEvent(over));
  }
}

/** A case that has ended is not in its root any more, and the timers of that do not fire. */
function leaveRoot(context: CaseContext): {
  readonly context: CaseContext;
  readonly effects: readonly Effect[];
} {
  const { '': root, ...open } = context.open;
  if (root === undefined) return { context, effects: [] };
  const { visit, timers } = root;
  const stop: Effect = { kind: 'stop', state: '', visit, work: 'none' };
  return { context: { ...context, open }, effects: timers === undefined ? [] : [stop] };
}

/** What has finished does not rest. */
function awake(live: LiveCase): LiveCase {
  if (live.context.suspended === undefined || progressOf(live) !== 'finished') return live;
  return withContext(live, awakened(live.context));
}

/** A context that does not rest. */
export function awakened(context: CaseContext): CaseContext {
  const parts = Object.entries(context).filter(([name]) => name !== 'suspended');
  return Object.fromEntries(parts) as unknown as CaseContext;
}

function finish(live: LiveCase, wasFinished: boolean): readonly Effect[] {
  if (wasFinished || live.place.snapshot.status !== 'done') return [];
  return [{ kind: 'finish', outcome: live.context.outcome ?? '', data: live.context.data }];
}

/** Work that never began cannot turn out to have succeeded. */
function forget(context: CaseContext, neverBegun: readonly Visit[]): CaseContext {
  if (neverBegun.length === 0 || context.running.length === 0) return context;
  const running = context.running.filter(
    (visit) => !neverBegun.some((never) => isSameVisit(never, visit)),
  );
  return { ...context, running };
}

/** A case that is restored has no part that is empty: one that goes on in memory must be the same. */
function withoutEmpty(context: CaseContext): CaseContext {
  if (!('undoing' in context) || context.undoing !== undefined) return context;
  const parts = Object.entries(context).filter(([, part]) => part !== undefined);
  return Object.fromEntries(parts) as unknown as CaseContext;
}

/** A case must wait for work or a time, or have ended; nothing else ever leads it on. */
function refuseStuck(compiled: CompiledWorkflow, live: LiveCase): void {
  if (progressOf(live) !== 'active') return;
  if ((live.context.hearing?.messages.length ?? 0) > 0) return;
  if (Object.keys(live.context.undoingIn ?? {}).length > 0) return;
  const open = Object.entries(live.context.open);
  if (open.some(([id, work]) => isAwaited(compiled.states.get(id), work))) return;
  throw new TrellisError(
    'stuck',
    `The case would stay in ${activeStates(live).join(', ')} for ever: no rule there holds, and it ` +
      'waits for nothing. Add a rule without "when", or a time under "after".',
  );
}

function isAwaited(
  state: State | undefined,
  { ended, calledOff, waiting, timers = [] }: OpenWork,
): boolean {
  if (waiting === true) return true;
  if (timers.some(({ at }) => at !== undefined)) return true;
  if (state === undefined || calledOff === true) return false;
  return state.buttons.length > 0 || (ended === undefined && AWAITED.includes(state.kind));
}

/** Work that is carried out outside of the step. */
const AWAITED: readonly State['kind'][] = ['task', 'ask', 'call', 'run', 'wait'];
