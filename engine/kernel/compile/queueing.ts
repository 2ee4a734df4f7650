import type { Limit } from '../definition/limit.ts';
import type { State, StateOf } from '../definition/state.ts';
import type { Effect } from '../effects.ts';
import type { CaseContext, OpenWork } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileFormula } from './formula.ts';
import { keyText } from './hearing.ts';
import type { MachineAction, NodeConfig, RuleConfig } from './machine-config.ts';
import { changeContext, effectAction, onlyWhile } from './machine-config.ts';
import { QUEUED, admitEvent, nodeId, targetOf } from './names.ts';
import { without } from '../types/make-type.ts';
import { withPart } from './with-part.ts';

/** Tells whether a case waits for its turn in a state. */
export function isWaiting({ open }: CaseContext, state: string): boolean {
  return open[state]?.waiting === true;
}

/** The same actions, where the turn of the state has come. */
export function onceAdmitted(
  { id, limit }: State,
  actions: readonly MachineAction[],
): readonly MachineAction[] {
  return limit === undefined ? actions : onlyWhile((context) => !isWaiting(context, id), actions);
}

/** Compiles how a visit of a state with a limit takes its place in the queue. */
export function joinQueue(state: State, compilation: Compilation): readonly MachineAction[] {
  const { id, limit } = state;
  if (limit === undefined) return [];
  const queueOf = compileQueue(limit, id, compilation);
  return [
    changeContext((context) =>
      // A region that is left out stands in no queue.
      changeOpen(context, id, (work) => ({ ...work, queue: queueOf(context), waiting: true })),
    ),
    effectAction((context) => placeOf(context, id, limit)),
  ];
}

/** The place in the queue that the open visit of a state asks for, where it asks for one. */
export function placeOf({ open }: CaseContext, state: string, { n }: Limit): readonly Effect[] {
  const { visit = 0, queue } = open[state] ?? {};
  return queue === undefined ? [] : [{ kind: 'queue', state, visit, queue, most: n }];
}

/** Compiles how a state gives up its place in the queue when it is left. */
export function leaveQueue({ id, limit }: State): readonly MachineAction[] {
  return limit === undefined ? [] : [effectAction(({ open }) => givenUp(id, open[id]))];
}

/** The place in a queue that an open visit gives up. */
export function givenUp(state: string, work: OpenWork | undefined): readonly Effect[] {
  if (work?.queue === undefined) return [];
  return [{ kind: 'leave-queue', state, visit: work.visit, queue: work.queue }];
}

/** The rule by which all of a state begins once its turn has come: what `begin` compiles. */
export function admitRule(
  { id, limit }: State,
  begin: () => readonly MachineAction[],
): Readonly<Record<string, readonly RuleConfig[]>> {
  if (limit === undefined) return {};
  const admitted = changeContext((context) =>
    changeOpen(context, id, (work) => without(work, 'waiting')),
  );
  const guard = (context: CaseContext): boolean => isWaiting(context, id);
  return { [admitEvent(id)]: [{ guard, actions: [admitted, ...begin()] }] };
}

/** Adds to the node of a state with states of its own the place in which it waits for its turn. */
export function withQueued(
  node: NodeConfig,
  { id, initial, limit }: StateOf<'states'>,
): NodeConfig {
  if (limit === undefined) return node;
  const queued: NodeConfig = {
    id: queuedId(id),
    entry: [],
    exit: [],
    on: {},
    always: [{ target: targetOf(initial), guard: ({ open }) => isBegun(open[id]), actions: [] }],
  };
  return { ...node, initial: QUEUED, states: { ...node.states, [QUEUED]: queued } };
}

/** Where a state with states of its own begins. */
export function beginningOf({ id, initial, limit }: StateOf<'states'>): string {
  return limit === undefined ? targetOf(initial) : `#${queuedId(id)}`;
}

/** History may lead into a state whose turn has not come: it is left again at once. */
export function queuedRules(around: readonly State[]): readonly RuleConfig[] {
  return around
    .filter(({ kind, limit }) => limit !== undefined && kind === 'states')
    .map(({ id }) => ({
      target: `#${queuedId(id)}`,
      guard: (context) => isWaiting(context, id),
      actions: [],
    }));
}

function compileQueue(
  { name, by }: Limit,
  state: string,
  compilation: Compilation,
): (context: CaseContext) => string {
  const formula = by && compileFormula(by, compilation.scopes.case);
  return (context) => {
    if (formula === undefined) return name;
    const value = formula(compilation.values(context, state), compilation.moment());
    return `${name} ${keyText(value)}`;
  };
}

function changeOpen(
  context: CaseContext,
  state: string,
  change: (work: OpenWork) => OpenWork,
): CaseContext {
  const work = context.open[state];
  if (work === undefined) return context;
  return { ...context, open: withPart(context.open, state, change(work)) };
}

function isBegun(work: OpenWork | undefined): boolean {
  return work !== undefined && work.waiting !== true && work.calledOff !== true;
}

function queuedId(state: string): string {
  return `${nodeId(state)}/${QUEUED}`;
}
