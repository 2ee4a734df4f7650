import { choicesOf } from '../check/choices.ts';
import type { State, StateOf } from '../definition/workflow.ts';
import type { CaseContext } from './case-context.ts';
import type { NodeConfig } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import {
  CANCELLED,
  CANCELLED_STATE,
  UNDOING,
  UNDONE_EVENT,
  destinationOf,
  nodeId,
  targetOf,
} from './names.ts';

/** Where a case is while it is undone; it goes on to where its undo list leads. */
export function undoingNode(root: StateOf<'states'>): NodeConfig {
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
export function cancelledNode(): NodeConfig {
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
  for (const rule of choicesOf(state).flatMap(({ rules }) => rules)) {
    if (rule.undo !== undefined && rule.to !== undefined) targets.add(destinationOf(rule));
  }
  if (state.kind === 'states' || state.kind === 'parallel') {
    for (const child of state.children) collectUndoTargets(child, targets);
  }
}
