import type { State, StateOf } from '../definition/state.ts';
import { regionField } from '../expressions/region-names.ts';
import type { Json } from '../json.ts';
import type { CaseContext } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileFormula } from './formula.ts';
import type { MachineAction, NodeConfig, RuleConfig } from './machine-config.ts';
import { changeContext, effectAction } from './machine-config.ts';
import { ASIDE, nodeId } from './names.ts';
import { beginningOf, isWaiting, leaveQueue } from './queueing.ts';
import { keepComplete } from './undos.ts';
import { end, enter, hasEnded, reopen } from './visits.ts';

/** A parallel joins when as many of its regions have finished as are asked for. */
export function joinRules(state: State, compilation: Compilation): readonly RuleConfig[] {
  if (state.kind !== 'parallel') return [];
  const { id, children, join } = state;
  const finished = (context: CaseContext): readonly State[] =>
    children.filter((region) => {
      const work = context.open[region.id];
      return work === undefined || hasEnded(work);
    });
  const keep = keepComplete(state, compilation);
  return [
    {
      guard: (context) =>
        !isWaiting(context, id) && !hasEnded(context.open[id]) && finished(context).length >= join,
      // What is complete is kept before any other rule of the same step takes it back or changes data.
      before: (context) => {
        const outcomes = Object.fromEntries(
          children.map((region): [string, Json] => [
            regionField(region.name),
            outcomeOf(context, region),
          ]),
        );
        return keep(end(context, id, { kind: 'joined', names: { outcomes } }));
      },
      actions: [],
    },
  ];
}

function outcomeOf({ open }: CaseContext, { id }: State): Json {
  const work = open[id];
  return hasEnded(work) ? (work.ended.names['outcome'] ?? null) : null;
}

/** Tells whether a case has been led into a region: one whose `when` does not hold is left out. */
export function isUnderWay({ open }: CaseContext, region: string): boolean {
  return open[region] !== undefined;
}

/** Enters a state; a region only where its `when` holds, else it is left out. */
export function enterState(region: State, compilation: Compilation): MachineAction {
  if (region.when === undefined) {
    return changeContext((context) => enter(context, region.id));
  }
  const when = compileFormula(region.when, compilation.scopes.case);
  return changeContext((context) => {
    const values = compilation.values(context, region.id);
    if (when(values, compilation.moment()) === true) {
      return enter(withoutJoin(context, region.id), region.id);
    }
    const open = Object.entries(context.open).filter(([id]) => id !== region.id);
    return { ...context, open: Object.fromEntries(open) };
  });
}

/** A parallel that has joined has not, once a region of it begins that had been left out. */
function withoutJoin(context: CaseContext, region: string): CaseContext {
  const around = region.slice(0, region.lastIndexOf('/'));
  const isNew = !isUnderWay(context, region);
  return isNew && context.open[around]?.ended?.kind === 'joined'
    ? reopen(context, around)
    : context;
}

/** Adds to a region's node the place aside, where nothing goes on, where it can come to that. */
export function withAside(
  node: NodeConfig,
  region: StateOf<'states'>,
  parallel: StateOf<'parallel'>,
): NodeConfig {
  const canBeCalledOff = parallel.join < parallel.children.length;
  const { id } = region;
  const mayBeginLater = beginsLater(region, parallel);
  if (!mayBeginLater && !canBeCalledOff) return node;
  const goesOn = (context: CaseContext): boolean => {
    const work = context.open[id];
    return work !== undefined && work.calledOff !== true;
  };
  const aside: NodeConfig = {
    id: asideId(id),
    entry: [],
    exit: [],
    on: {},
    always: [{ target: beginningOf(region), guard: (context) => goesOn(context), actions: [] }],
  };
  return {
    ...node,
    ...(mayBeginLater ? { initial: ASIDE } : {}),
    states: { ...node.states, [ASIDE]: aside },
    always: [...node.always, ...(canBeCalledOff ? [callOff(region, parallel)] : [])],
  };
}

/**
 * A state inside of a region that was left out is left again at once, before any rule of it is read.
 * `around` are the states around it, innermost first.
 */
export function asideRules(around: readonly State[]): readonly RuleConfig[] {
  const regions = around.filter((region, index) => beginsLater(region, around[index + 1]));
  return regions.toReversed().map(({ id }) => ({
    target: `#${asideId(id)}`,
    guard: (context) => !isUnderWay(context, id),
    actions: [],
  }));
}

/** Tells whether a case may be in a parallel and not, or not yet, in one of its regions. */
function beginsLater({ when }: State, parallel: State | undefined): boolean {
  return when !== undefined || (parallel?.kind === 'parallel' && parallel.limit !== undefined);
}

/** Enough others have finished: what goes on in a region is stopped. */
function callOff(region: State, parallel: State): RuleConfig {
  const { id, after } = region;
  const isStopped = ({ open }: CaseContext): boolean => {
    const work = open[id];
    const isOpen = work !== undefined && work.calledOff !== true && !hasEnded(work);
    return isOpen && hasEnded(open[parallel.id]);
  };
  const timers: readonly MachineAction[] =
    after.length === 0
      ? []
      : [
          effectAction(({ open }) => {
            const { visit = 0, timers: running } = open[id] ?? {};
            // Those of a region that was entered in this very step were never set.
            return running === undefined ? [] : [{ kind: 'stop', state: id, visit, work: 'none' }];
          }),
        ];
  return {
    target: `#${asideId(id)}`,
    guard: (context) => isStopped(context),
    actions: [
      ...timers,
      ...leaveQueue(region),
      changeContext((context) => {
        const visit = context.open[id]?.visit ?? 0;
        return { ...context, open: { ...context.open, [id]: { visit, calledOff: true } } };
      }),
    ],
  };
}

function asideId(region: string): string {
  return `${nodeId(region)}/${ASIDE}`;
}
