import type { State, StateOf } from '../definition/workflow.ts';
import type { Compilation } from './compilation.ts';
import { alwaysRules, doneRule, endAction, isDoneByPeople } from './ends.ts';
import type { MachineAction, NodeConfig, RuleConfig } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import {
  CANCELLED_STATE,
  CANCEL_EVENT,
  END_EVENT,
  UNDOING,
  nodeId,
  outcomeEvent,
  targetOf,
  timerEvent,
} from './names.ts';
import type { RuleSite } from './rules.ts';
import { compileActions, compileRules, undoAllTo } from './rules.ts';
import { compileWork, stopWork } from './work.ts';
import { compileTimers, ownTimers } from './timers.ts';
import { cancelledNode, undoingNode } from './undoing-nodes.ts';
import { enter, leave } from './visits.ts';

/** Compiles a state and what lies inside it. */
export function compileNode(state: State, compilation: Compilation): NodeConfig {
  return {
    id: nodeId(state.id),
    ...shapeOf(state, compilation),
    entry: entryActions(state, compilation),
    exit: exitActions(state, compilation),
    on: { ...eventRules(state, compilation), ...timerRules(state, compilation) },
    always: alwaysRules(state, compilation),
    ...doneRule(state),
  };
}

/** Compiles the root; it also holds where a case is while it is undone, and where it is called off. */
export function compileRoot(root: StateOf<'states'>, compilation: Compilation): NodeConfig {
  const shape = childNodes(root, compilation);
  return {
    id: nodeId(''),
    initial: nameOf(root.initial),
    states: { ...shape, [UNDOING]: undoingNode(root), [CANCELLED_STATE]: cancelledNode() },
    entry: [],
    exit: [],
    on: {
      [CANCEL_EVENT]: [{ target: `#${UNDOING}`, actions: [undoAllTo(CANCELLED_STATE)] }],
      [END_EVENT]: [{ target: targetOf(CANCELLED_STATE), actions: [] }],
    },
    always: [],
  };
}

function shapeOf(
  state: State,
  compilation: Compilation,
): Pick<NodeConfig, 'type' | 'initial' | 'states'> {
  switch (state.kind) {
    case 'final':
      return { type: 'final' };
    case 'states':
      return { initial: nameOf(state.initial), states: childNodes(state, compilation) };
    case 'parallel':
      return { type: 'parallel', states: childNodes(state, compilation) };
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
  compilation: Compilation,
): Readonly<Record<string, NodeConfig>> {
  return Object.fromEntries(
    state.children.map((child) => [child.name, compileNode(child, compilation)]),
  );
}

function entryActions(state: State, compilation: Compilation): readonly MachineAction[] {
  const variables = compilation.scopes.case;
  const timers = ownTimers(state);
  return [
    changeContext((context) => enter(context, state.id, timers)),
    ...compileActions(state.entry, { state: state.id, variables }, compilation),
    ...compileWork(state, compilation),
    ...compileTimers(state, compilation),
    ...endAction(state),
  ];
}

function exitActions(state: State, compilation: Compilation): readonly MachineAction[] {
  const variables = compilation.scopes.case;
  return [
    ...compileActions(state.exit, { state: state.id, variables }, compilation),
    ...stopWork(state),
    changeContext((context) => leave(context, state.id)),
  ];
}

/** What people choose: an event addressed to their work. How other things end waits with `done`. */
function eventRules(
  state: State,
  compilation: Compilation,
): Readonly<Record<string, readonly RuleConfig[]>> {
  if (!isDoneByPeople(state)) return {};
  return Object.fromEntries(
    state.on.map((handler) => {
      const site: RuleSite = {
        state: state.id,
        variables: compilation.scopes.outcome(state, handler.event),
        answersEnd: true,
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
