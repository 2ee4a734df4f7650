/**
 * The part of XState's configuration that compiled workflows use, and nothing else. Named actions
 * without an implementation are how effects come out: XState hands their parameters, worked out
 * over the context of that very moment, to the scope's executor.
 */
import { assign, createMachine } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import type { Effect } from '../effects.ts';
import type { CaseContext } from './case-context.ts';

/**
 * Steps that a single event may take through `next` and `done` before it counts as endless: more
 * than a workflow of the greatest size takes that passes each of its states once.
 */
const MICROSTEPS = 1_000;

export interface MachineEvent {
  readonly type: string;
}

export interface ActionArguments {
  readonly context: CaseContext;
  readonly event: MachineEvent;
}

/** An action that changes the context. */
export type ContextAction = ReturnType<typeof assign> & {
  readonly change: (context: CaseContext) => CaseContext;
};

/** An action that asks the world for something. */
export interface EffectAction {
  readonly type: 'effects';
  readonly params: (from: ActionArguments) => readonly Effect[];
  readonly work: (context: CaseContext) => readonly Effect[];
}

/** Says which rule was taken, by its path in the source. */
export interface TakenAction {
  readonly type: 'taken';
  readonly params: string;
}

export type MachineAction = ContextAction | EffectAction | TakenAction;

export interface RuleConfig {
  readonly target?: string;
  readonly reenter?: boolean;
  readonly guard?: (from: ActionArguments) => boolean;
  readonly actions: readonly MachineAction[];
}

export interface NodeConfig {
  readonly id: string;
  readonly type?: 'parallel' | 'final' | 'history';
  /** Of a node of type `history`. */
  readonly history?: 'shallow' | 'deep';
  readonly initial?: string;
  readonly states?: Readonly<Record<string, NodeConfig>>;
  readonly entry: readonly MachineAction[];
  readonly exit: readonly MachineAction[];
  readonly on: Readonly<Record<string, readonly RuleConfig[]>>;
  readonly always: readonly RuleConfig[];
}

/** Makes an action that replaces the context. */
export function changeContext(change: (context: CaseContext) => CaseContext): ContextAction {
  const action = assign(({ context }) => change(context as unknown as CaseContext) as never);
  return Object.assign(action, { change });
}

/** The same actions, where something holds at the moment of each. */
export function onlyWhile(
  holds: (context: CaseContext) => boolean,
  actions: readonly MachineAction[],
): readonly MachineAction[] {
  return actions.map((action) => {
    if ('change' in action) {
      return changeContext((context) => (holds(context) ? action.change(context) : context));
    }
    if (action.type !== 'effects') return action;
    return effectAction((context) => (holds(context) ? action.work(context) : []));
  });
}

export function effectAction(work: (context: CaseContext) => readonly Effect[]): EffectAction {
  return { type: 'effects', params: ({ context }) => work(context), work };
}

/** Makes the machine of a workflow. Its input is the context that a case begins with. */
export function makeMachine(root: NodeConfig): AnyStateMachine {
  const config = {
    ...root,
    options: { maxIterations: MICROSTEPS },
    context: ({ input }: { input: CaseContext }) => input,
  };
  return createMachine(config as never);
}
