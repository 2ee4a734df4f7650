import { withinState } from '../check/statechart.ts';
import { areBeside, emissionsOf, parallelsIn } from '../definition/emissions.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import type { State, StateOf } from '../definition/state.ts';
import type { CaseContext } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { alwaysRules, endAction, isAnsweredByEvent, reopenAction } from './ends.ts';
import { moveRules, repeatRule } from './hand-rules.ts';
import type { Hearing } from './hearing.ts';
import { compileKey, heardMessages, keyOf } from './hearing.ts';
import type { MachineAction, NodeConfig, RuleConfig } from './machine-config.ts';
import { changeContext, onlyWhile } from './machine-config.ts';
import {
  CANCELLED_STATE,
  CANCEL_EVENT,
  END_EVENT,
  UNDOING,
  destinationOf,
  heardEvent,
  historyName,
  nodeId,
  outcomeEvent,
  targetOf,
  pressEvent,
  signalEvent,
  timerEvent,
} from './names.ts';
import {
  admitRule,
  isWaiting,
  joinQueue,
  leaveQueue,
  onceAdmitted,
  queuedRules,
  withQueued,
} from './queueing.ts';
import { asideRules, enterState, isUnderWay, joinRules, withAside } from './regions.ts';
import type { RuleSite } from './rules.ts';
import { compileActions, compileRules, undoAllTo } from './rules.ts';
import { compileWork, repeatWork, stopWork } from './work.ts';
import { cancelledNode, undoingNode, withUndoing } from './undoing-nodes.ts';
import { completeAction } from './undos.ts';
import { enter, leave } from './visits.ts';

/** Compiles a state and what lies inside it; `around` are the states around it, innermost first. */
export function compileNode(
  state: State,
  around: readonly State[],
  compilation: Compilation,
): NodeConfig {
  const [parent] = around;
  const bare: NodeConfig = {
    id: nodeId(state.id),
    ...shapeOf(state, around, compilation),
    entry: entryActions(state, around, compilation),
    exit: exitActions(state, around, compilation),
    on: {
      ...eventRules(state, compilation),
      ...timerRules(state, compilation),
      ...outsideRules(state, compilation),
      ...repeatRule(state),
      ...admitRule(state, () => beginActions(state, around, compilation)),
      ...(state.kind === 'states' ? moveRules(state) : {}),
    },
    always: [
      ...asideRules(around),
      ...queuedRules(around),
      ...joinRules(state, compilation),
      ...repeatWork(state, compilation),
      ...alwaysRules(state, compilation),
    ],
  };
  if (state.kind !== 'states') return bare;
  const node = withQueued(bare, state);
  if (parent?.kind !== 'parallel') return node;
  return withUndoing(withAside(node, state, parent), state, compilation.workflow.root);
}

/** Compiles the root; it also holds where a case is while it is undone, and where it is called off. */
export function compileRoot(root: StateOf<'states'>, compilation: Compilation): NodeConfig {
  const shape = childNodes(root, [], compilation);
  return {
    id: nodeId(''),
    initial: nameOf(root.initial),
    states: { ...shape, [UNDOING]: undoingNode(root, ''), [CANCELLED_STATE]: cancelledNode() },
    // Buttons and timers of the root belong to a visit of it, like those of any state.
    entry: isVisited(root) ? [changeContext((context) => enter(context, root.id))] : [],
    exit: [],
    on: {
      [CANCEL_EVENT]: [
        { target: `#${UNDOING}`, actions: [undoAllTo(CANCELLED_STATE, compilation)] },
      ],
      ...timerRules(root, compilation),
      ...moveRules(root),
      [END_EVENT]: [{ target: targetOf(CANCELLED_STATE), actions: [] }],
      ...outsideRules(root, compilation),
    },
    always: [],
  };
}

function isVisited({ buttons, after, undo }: State): boolean {
  return buttons.length > 0 || after.length > 0 || undo !== undefined;
}

function shapeOf(
  state: State,
  around: readonly State[],
  compilation: Compilation,
): Pick<NodeConfig, 'type' | 'initial' | 'states'> {
  switch (state.kind) {
    case 'final':
      return { type: 'final' };
    case 'states':
      return { initial: nameOf(state.initial), states: childNodes(state, around, compilation) };
    case 'parallel':
      return { type: 'parallel', states: childNodes(state, around, compilation) };
    default:
      return {};
  }
}

/** The last name of a state id. */
function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function childNodes(
  state: StateOf<'states'> | StateOf<'parallel'>,
  around: readonly State[],
  compilation: Compilation,
): Readonly<Record<string, NodeConfig>> {
  const children = state.children.map((child): [string, NodeConfig] => [
    child.name,
    compileNode(child, [state, ...around], compilation),
  ]);
  return Object.fromEntries([...children, ...historyNodes(state, compilation)]);
}

/** The places that stand for where a case last was in a state; XState remembers only for those. */
function historyNodes({ id }: State, { histories }: Compilation): readonly [string, NodeConfig][] {
  return (['shallow', 'deep'] as const)
    .filter((history) => histories.has(destinationOf({ to: id, history })))
    .map((history) => [
      historyName(history),
      {
        id: nodeId(destinationOf({ to: id, history })),
        type: 'history',
        history,
        entry: [],
        exit: [],
        on: {},
        always: [],
      },
    ]);
}

function entryActions(
  state: State,
  around: readonly State[],
  compilation: Compilation,
): readonly MachineAction[] {
  const enter = [enterState(state, compilation), ...joinQueue(state, compilation)];
  const begin = state.limit === undefined ? beginActions(state, around, compilation) : [];
  return [...goingOn(enter, around), ...begin];
}

/** What begins with a state: as it is entered, or once its turn has come. */
function beginActions(
  state: State,
  around: readonly State[],
  compilation: Compilation,
): readonly MachineAction[] {
  const variables = compilation.scopes.case;
  const actions = [
    ...compileActions(state.entry, { state: state.id, variables }, compilation),
    ...compileWork(state, compilation),
    ...endAction(state),
    ...(state.kind === 'final' ? completeAction(around[0], compilation) : []),
  ];
  const further = [state, ...around];
  // Regions were entered with the parallel, and nothing was done in them yet.
  const isQueue = state.limit !== undefined && state.kind === 'parallel';
  const regions = isQueue ? state.children : [];
  return [
    ...goingOn(actions, further),
    ...regions.flatMap((region) => entryActions(region, further, compilation)),
  ];
}

function exitActions(
  state: State,
  around: readonly State[],
  compilation: Compilation,
): readonly MachineAction[] {
  const variables = compilation.scopes.case;
  const actions = [
    // A place to be is complete when the case goes on from it.
    ...(state.kind === 'plain' ? completeAction(state, compilation) : []),
    ...compileActions(state.exit, { state: state.id, variables }, compilation),
    ...stopWork(state),
    ...reopenAction(state),
  ];
  const leaving = [
    ...onceAdmitted(state, actions),
    ...leaveQueue(state),
    changeContext((context) => leave(context, state.id)),
  ];
  return underWay(goingOn(leaving, around), [state]);
}

/** Nothing is done in a region that is left out, nor in a state whose turn has not come. */
function goingOn(
  actions: readonly MachineAction[],
  around: readonly State[],
): readonly MachineAction[] {
  const queues = around.filter(({ limit }) => limit !== undefined).map(({ id }) => id);
  const done = underWay(actions, around);
  if (queues.length === 0) return done;
  return onlyWhile((context) => queues.every((id) => !isWaiting(context, id)), done);
}

function underWay(
  actions: readonly MachineAction[],
  around: readonly State[],
): readonly MachineAction[] {
  const regions = around.filter(({ when }) => when !== undefined).map(({ id }) => id);
  if (regions.length === 0) return actions;
  return onlyWhile((context) => regions.every((id) => isUnderWay(context, id)), actions);
}

/** What people choose: an event addressed to their work. How other things end waits with `done`. */
function eventRules(
  state: State,
  compilation: Compilation,
): Readonly<Record<string, readonly RuleConfig[]>> {
  if (!isAnsweredByEvent(state)) return {};
  const answersEnd = forEachOf(state) === undefined ? { answersEnd: true as const } : {};
  return Object.fromEntries(
    state.on.map((handler) => {
      const site: RuleSite = {
        state: state.id,
        variables: compilation.scopes.outcome(state, handler.event),
        ...answersEnd,
      };
      return [
        outcomeEvent(state.id, handler.event),
        compileRules(handler.rules, site, compilation),
      ];
    }),
  );
}

function timerRules(
  state: State,
  compilation: Compilation,
): Readonly<Record<string, readonly RuleConfig[]>> {
  const site: RuleSite = { state: state.id, variables: compilation.scopes.case };
  return Object.fromEntries(
    state.after.map((timer, index) => [
      timerEvent(state.id, String(index)),
      compileRules(timer.rules, site, compilation),
    ]),
  );
}

/** Buttons and messages: they come from outside, and end no work. */
function outsideRules(
  state: State,
  compilation: Compilation,
): Readonly<Record<string, readonly RuleConfig[]>> {
  const names = heardMessages(compilation.workflow);
  const pressed = state.buttons.map(({ name, rules }) => {
    const variables = compilation.scopes.press(state, name);
    const compiled = compileRules(rules, { state: state.id, variables }, compilation);
    return [pressEvent(state.id, name), compiled] as const;
  });
  const heard = state.hears.map((handler) => {
    const { message, rules } = handler;
    const key = compileKey(state.id, handler, compilation);
    const site: RuleSite = {
      state: state.id,
      variables: compilation.scopes.heard(message),
      applies: (context) =>
        isListening(context, state) && isMeant(context, message, key, compilation),
    };
    return [heardEvent(names.indexOf(message)), compileRules(rules, site, compilation)] as const;
  });
  return Object.fromEntries([...pressed, ...heard, ...signalRules(state, compilation)]);
}

/** What the regions beside a state emit, each emitter by an event of its own. */
function signalRules(
  state: State,
  compilation: Compilation,
): readonly (readonly [string, readonly RuleConfig[]])[] {
  if (state.signals.length === 0) return [];
  const states = withinState(compilation.workflow.root);
  const parallels = parallelsIn(states);
  const beside = states.filter(({ id }) => areBeside(id, state.id, parallels)).flatMap(emissionsOf);
  const site: RuleSite = {
    state: state.id,
    variables: compilation.scopes.case,
    applies: (context) => isListening(context, state),
  };
  return state.signals.flatMap(({ signal, rules }) => {
    const compiled = compileRules(rules, site, compilation);
    const emitters = beside.filter((emission) => emission.signal === signal);
    return emitters.map((emitter) => [signalEvent(signal, emitter.state.id), compiled] as const);
  });
}

/** Nothing is heard in a region that was left out or called off. */
function isListening({ open }: CaseContext, { id }: State): boolean {
  const work = open[id];
  return id === '' || (work !== undefined && work.calledOff !== true);
}

function isMeant(
  context: CaseContext,
  message: string,
  key: Hearing['key'],
  compilation: Compilation,
): boolean {
  const { event } = compilation.moment();
  if (event?.kind !== 'message') return false;
  return key(context) === keyOf(message, event.body, compilation);
}
