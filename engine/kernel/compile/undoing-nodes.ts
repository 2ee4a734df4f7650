import { choicesOf } from '../check/choices.ts';
import { childrenOf } from '../check/statechart.ts';
import type { State, StateOf } from '../definition/state.ts';
import type { Undoing } from './case-context.ts';
import type { NodeConfig, RuleConfig } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import {
  CANCELLED,
  CANCELLED_STATE,
  UNDOING,
  destinationOf,
  nodeId,
  targetOf,
  undoingId,
  undoneEvent,
} from './names.ts';
import { beginningOf } from './queueing.ts';
import { leaveUndoList, undoListOf, undoingRegion } from './undo-lists.ts';

/** Where a case, or one region of it, is while it is undone; it goes on to where its list leads. */
export function undoingNode(root: StateOf<'states'>, region: string): NodeConfig {
  const targets = undoTargets(root, root, region);
  if (region === '') targets.add(CANCELLED_STATE);
  return {
    id: undoingId(region),
    entry: [],
    exit: [
      changeContext((context) =>
        region === '' ? { ...context, undoing: undefined } : leaveUndoList(context, region),
      ),
    ],
    on: {
      [undoneEvent(region)]: [...targets].map((target) => ({
        target: targetOf(target),
        guard: (context) => leadsTo(undoListOf(context, region), target),
        actions: [],
      })),
    },
    always: [],
  };
}

/** Adds to a region's node the place where it is undone, where some rule does that. */
export function withUndoing(
  node: NodeConfig,
  region: StateOf<'states'>,
  root: StateOf<'states'>,
): NodeConfig {
  const { id } = region;
  if (undoTargets(root, root, id).size === 0) return node;
  // History leads back here where the region was left meanwhile; its list was carried out without it.
  const anew: RuleConfig = {
    target: beginningOf(region),
    guard: (context) => context.open[id] !== undefined && undoListOf(context, id) === undefined,
    actions: [],
  };
  const undoing = { ...undoingNode(root, id), always: [anew] };
  return { ...node, states: { ...node.states, [UNDOING]: undoing } };
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

function leadsTo(list: Undoing | undefined, target: string): boolean {
  return list !== undefined && 'state' in list.then && list.then.state === target;
}

/** Where the rules lead that are undone in a region, or in the whole case. */
function undoTargets(state: State, root: State, region: string): Set<string> {
  const own = choicesOf(state)
    .flatMap(({ rules }) => rules)
    .filter((rule) => {
      if (rule.undo === undefined || rule.to === undefined) return false;
      return undoingRegion(root, state.id, rule) === region;
    });
  return new Set([
    ...own.map(destinationOf),
    ...childrenOf(state).flatMap((child) => [...undoTargets(child, root, region)]),
  ]);
}
