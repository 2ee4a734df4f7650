/**
 * The part of XState's configuration that compiled workflows use, and nothing else. XState knows
 * where a case is; its context lies in the scope beside it, because XState would copy its snapshot
 * for each change.
 */
import { assign, createMachine, enqueueActions } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import type { Effect } from '../effects.ts';
import type { CaseContext } from './case-context.ts';
import type { MachineScope } from './machine-scope.ts';

/**
 * Steps that a single event may take through `next` and `done` before it counts as endless: more
 * than a workflow of the greatest size takes that passes each of its states once.
 */
const MICROSTEPS = 1_000;

/** An action that changes the context. */
export interface ContextAction {
  readonly kind: 'change';
  readonly change: (context: CaseContext) => CaseContext;
}

/** An action that asks the world for something. */
interface EffectAction {
  readonly kind: 'effects';
  readonly work: (context: CaseContext) => readonly Effect[];
}

/** Says which rule was taken, by its path in the source. */
interface TakenAction {
  readonly kind: 'taken';
  readonly rule: string;
}

/** Raises an event that the machine takes within the same step. */
interface RaiseAction {
  readonly kind: 'raise';
  readonly event: string;
  /** (Default: always) */
  readonly holds?: (context: CaseContext) => boolean;
}

export type MachineAction = ContextAction | EffectAction | TakenAction | RaiseAction;

export interface RuleConfig {
  readonly target?: string;
  readonly reenter?: boolean;
  readonly guard?: (context: CaseContext) => boolean;
  /**
   * What is carried out before the actions of all rules that are taken in the same step, in whatever
   * order XState takes them. Such a rule has a guard, no target and no other actions.
   */
  readonly before?: (context: CaseContext) => CaseContext;
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
  return { kind: 'change', change };
}

export function effectAction(work: (context: CaseContext) => readonly Effect[]): EffectAction {
  return { kind: 'effects', work };
}

/** The same actions, where something holds at the moment of each. */
export function onlyWhile(
  holds: (context: CaseContext) => boolean,
  actions: readonly MachineAction[],
): readonly MachineAction[] {
  return actions.map((action) => {
    if (action.kind === 'change') {
      return changeContext((context) => (holds(context) ? action.change(context) : context));
    }
    if (action.kind === 'taken') return action;
    if (action.kind === 'raise') return { ...action, holds };
    return effectAction((context) => (holds(context) ? action.work(context) : []));
  });
}

/** Makes the machine of a workflow; what its actions ask for collects in the scope. */
export function makeMachine(root: NodeConfig, scope: MachineScope): AnyStateMachine {
  const config = {
    ...nodeIn(root, scope),
    options: { maxIterations: MICROSTEPS },
    context: {},
  };
  return createMachine(config as never);
}

function nodeIn({ states, ...node }: NodeConfig, scope: MachineScope): object {
  const events = Object.entries(node.on).map(([name, rules]) => [name, rulesIn(rules, scope)]);
  const inside = Object.entries(states ?? {}).map(([name, child]) => [name, nodeIn(child, scope)]);
  return {
    ...node,
    entry: together(node.entry, scope),
    exit: together(node.exit, scope),
    on: Object.fromEntries(events) as object,
    always: rulesIn(node.always, scope, node.id),
    ...(states && { states: Object.fromEntries(inside) as object }),
  };
}

/** Rules of a node; `always` is the id of a node whose rules are read again after each that is taken. */
function rulesIn(
  rules: readonly RuleConfig[],
  scope: MachineScope,
  always?: string,
): readonly object[] {
  return rules.map(({ guard, before, ...rule }) => ({
    ...rule,
    ...(guard && { guard: () => holds(guard, before, scope) }),
    actions: [
      ...together(rule.actions, scope, 'rule'),
      ...(before === undefined ? [] : [scope.carryOutPlanned]),
      ...(always === undefined || isLeft(always, rule) ? [] : [TOUCH]),
    ],
  }));
}

/**
 * Tells whether a rule is to be taken. XState takes every rule without a target of which it has found
 * that its guard holds, and only then carries out any: so it is known what comes before all others.
 */
function holds(
  guard: (context: CaseContext) => boolean,
  before: RuleConfig['before'],
  scope: MachineScope,
): boolean {
  const isTaken = guard(scope.context);
  if (isTaken && before !== undefined) scope.plan(before);
  return isTaken;
}

/** XState reads the rules again where something is new; that of a context it does not see. */
const TOUCH = assign({});

/** Tells whether a rule leads to a neighbour, so that the case certainly is elsewhere afterwards. */
function isLeft(id: string, { target }: RuleConfig): boolean {
  const around = id.slice(0, id.lastIndexOf('/') + 1);
  return (
    target !== undefined &&
    target !== `#${id}` &&
    target.slice(1, target.lastIndexOf('/') + 1) === around
  );
}

/** Carries out a list of actions in its order, each over what the one before has left. */
function together(
  actions: readonly MachineAction[],
  scope: MachineScope,
  of?: 'rule',
): readonly unknown[] {
  const at = actions.findIndex(({ kind }) => kind === 'raise');
  const raising = actions[at];
  if (raising?.kind !== 'raise') return atOnce(actions, scope, of);
  const { event, holds: applies } = raising;
  return [
    ...atOnce(actions.slice(0, at), scope, of),
    enqueueActions(({ enqueue }) => {
      if (applies?.(scope.context) !== false) enqueue.raise({ type: event });
    }),
    ...together(actions.slice(at + 1), scope, of),
  ];
}

function atOnce(
  actions: readonly MachineAction[],
  scope: MachineScope,
  of: 'rule' | undefined,
): readonly unknown[] {
  if (actions.length === 0) return [];
  return [
    () => {
      if (of === 'rule') scope.carryOutPlanned();
      for (const action of actions) {
        if (action.kind === 'change') scope.context = action.change(scope.context);
        else if (action.kind === 'effects') scope.ask(action.work(scope.context));
        else if (action.kind === 'taken') scope.note(action.rule);
      }
    },
  ];
}
