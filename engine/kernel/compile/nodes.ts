import type { State, StateOf } from '../definition/workflow.ts';
import type { CaseContext } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import type { MachineAction, NodeConfig, RuleConfig } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import {
  CANCELLED,
  CANCELLED_STATE,
  CANCEL_EVENT,
  UNDOING,
  UNDONE_EVENT,
  nodeId,
  outcomeEvent,
  targetOf,
  timerEvent,
} from './names.ts';
import type { RuleSite } from './rules.ts';
import { compileActions, compileRules, undoAllTo } from './rules.ts';
import { compileWork, stopWork } from './work.ts';
import { compileTimers } from './timers.ts';
import { end, enter, leave } from './visits.ts';

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
    on: { [CANCEL_EVENT]: [{ target: `#${UNDOING}`, actions: [undoAllTo(CANCELLED_STATE)] }] },
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
  return [
    changeContext((context) => enter(context, state.id)),
    ...compileActions(state.entry, { state: state.id, variables }, compilation),
    ...compileWork(state, compilation),
    ...compileTimers(state, compilation),
    ...outcomeAction(state),
  ];
}

function outcomeAction(state: State): readonly MachineAction[] {
  if (state.kind !== 'final' || state.id.includes('/')) return [];
  const outcome = state.outcome ?? state.name;
  return [changeContext((context) => ({ ...context, outcome }))];
}

function exitActions(state: State, compilation: Compilation): readonly MachineAction[] {
  const variables = compilation.scopes.case;
  return [
    ...compileActions(state.exit, { state: state.id, variables }, compilation),
    ...stopWork(state, compilation),
    changeContext((context) => leave(context, state.id)),
  ];
}

function eventRules(
  state: State,
  compilation: Compilation,
): Readonly<Record<string, readonly RuleConfig[]>> {
  return Object.fromEntries(
    state.on.map((handler) => {
      const site: RuleSite = {
        state: state.id,
        variables: compilation.scopes.outcome(state, handler.event),
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

/** Rules that are read again at every step: `next` always, `done` and `failed` once work has ended. */
function alwaysRules(state: State, compilation: Compilation): readonly RuleConfig[] {
  const ended =
    (kind: 'done' | 'failed') =>
    (context: CaseContext): boolean => {
      const found = context.open[state.id]?.ended?.kind;
      return found === kind || (kind === 'done' && found === 'inside');
    };
  const site = { state: state.id };
  return [
    ...compileRules(
      state.done,
      { ...site, variables: compilation.scopes.done(state), applies: ended('done') },
      compilation,
    ),
    ...compileRules(
      state.failed,
      { ...site, variables: compilation.scopes.failed(state), applies: ended('failed') },
      compilation,
    ),
    ...compileRules(state.next, { ...site, variables: compilation.scopes.case }, compilation),
  ];
}

/** What runs inside has ended; a rule of `done` follows at once, or waits for its guard. */
function doneRule(state: State): { readonly onDone?: RuleConfig } {
  if (state.kind !== 'states' && state.kind !== 'parallel') return {};
  return {
    onDone: {
      actions: [changeContext((context) => end(context, state.id, { kind: 'inside', names: {} }))],
    },
  };
}

function undoingNode(root: StateOf<'states'>): NodeConfig {
  const targets = new Set<string>([CANCELLED_STATE]);
  collectUndoTargets(root, targets);
  return {
    id: UNDOING,
    entry: [],
    exit: [changeContext((context) => ({ ...context, undoing: undefined }))],
    on: {
      [UNDONE_EVENT]: [...targets].map((target) => ({
        target: targetOf(target),
        guard: ({ context }) => leadsTo(context, target),
        actions: [],
      })),
    },
    always: [],
  };
}

/** Where a case ends that was called off by the case that ran it. */
function cancelledNode(): NodeConfig {
  return {
    id: nodeId(CANCELLED_STATE),
    type: 'final',
    entry: [changeContext((context) => ({ ...context, outcome: CANCELLED }))],
    exit: [],
    on: {},
    always: [],
  };
}

function leadsTo({ undoing }: CaseContext, target: string): boolean {
  return undoing !== undefined && 'state' in undoing.then && undoing.then.state === target;
}

function collectUndoTargets(state: State, targets: Set<string>): void {
  const rules = [
    ...state.next,
    ...state.done,
    ...state.failed,
    ...state.on.flatMap((handler) => handler.rules),
    ...state.after.flatMap((timer) => timer.rules),
  ];
  for (const rule of rules) {
    if (rule.undo !== undefined && rule.to !== undefined) targets.add(rule.to);
  }
  if (state.kind === 'states' || state.kind === 'parallel') {
    for (const child of state.children) collectUndoTargets(child, targets);
  }
}
