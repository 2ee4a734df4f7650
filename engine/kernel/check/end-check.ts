import type { State, StateOf } from '../definition/state.ts';
import type { Timer } from '../definition/rules.ts';
import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { SELF } from '../definition/self.ts';
import { canFinish, canJoin, statesThatEnd } from './ends.ts';
import { followersOf, wayTo } from './followers.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { error, warning } from './place.ts';
import { stateTitle } from './state-title.ts';
import { childrenOf, withinState } from './statechart.ts';
import type { Choice } from './choices.ts';
import { choicesOf, takeable, unhandledEndings } from './choices.ts';

/** Checks that every state can be reached, and that from every state an end can be reached. */
export function checkEnds(checkup: Checkup): readonly Problem[] {
  const ends = statesThatEnd(checkup);
  const states = [...checkup.chart.states.values()];
  const blocked = states.filter((state) => isReached(checkup, state) && !ends.has(state.id));
  const told = blocked.flatMap((state) => neverJoins(checkup, state, blocked));
  const missing = states.flatMap((state) => doneMissing(checkup, state));
  const explained = [...told, ...missing].map(({ state }) => state);
  return [
    ...states.flatMap((state) => unreachable(checkup, state)),
    ...states.flatMap(rulesNeverRead),
    ...[...told, ...missing].map(({ problem }) => problem),
    ...deadEnds(checkup, blocked, explained),
    ...alwaysItself(checkup, ends),
  ];
}

/** A workflow that has to run itself before it can end never ends. */
function alwaysItself(checkup: Checkup, ends: ReadonlySet<string>): readonly Problem[] {
  const { workflow, chart } = checkup;
  const states = [...chart.states.values()];
  const again = states.filter((state) => {
    return state.kind === 'run' && state.workflow === SELF && choicesOf(state).every(isEndOfWork);
  });
  if (again.length === 0 || !ends.has('')) return [];
  const left = statesThatEnd(checkup, (state) => again.includes(state));
  const [first] = again;
  if (left.has('') || first === undefined) return [];
  return [
    error(
      'endless-loop',
      first.path,
      `A case comes to its end only by way of “${stateTitle(first)}”, which runs the same workflow again, and so on for ever. ` +
        'Add a way to an end on which it does not run itself.',
      wayTo(chart, workflow.root, first),
    ),
  ];
}

function isEndOfWork({ moment: { kind } }: Choice): boolean {
  return kind === 'done' || kind === 'outcome';
}

/** A problem, and the state inside which it explains that nothing comes to an end. */
interface Explained {
  readonly state: State;
  readonly problem: Problem;
}

function isReached({ presence }: Checkup, state: State): boolean {
  return presence.isReached(state.id);
}

function unreachable(checkup: Checkup, state: State): readonly Problem[] {
  const parent = checkup.chart.parentOf(state.id);
  if (isReached(checkup, state) || (parent !== undefined && !isReached(checkup, parent))) return [];
  return [
    error(
      'unreachable-state',
      state.path,
      `No case can ever come into “${stateTitle(state)}”. Send it there with "to: ${state.name}", or take the state away.`,
    ),
  ];
}

function rulesNeverRead(state: State): readonly Problem[] {
  return choicesOf(state).flatMap(({ rules }) =>
    rules
      .slice(takeable(rules).length)
      .map(({ path }) =>
        warning(
          'rule-never-read',
          path,
          'This rule is never read: the one before it has no "when" and is always taken. Move it up, or take it away.',
        ),
      ),
  );
}

/** A parallel that nothing leaves, because one of its regions cannot come to its end. */
function neverJoins(
  checkup: Checkup,
  parallel: State,
  blocked: readonly State[],
): readonly Explained[] {
  if (parallel.kind !== 'parallel' || canJoin(checkup, parallel)) return [];
  const isInnermost = !blocked.some(
    (other) =>
      other !== parallel &&
      other.kind === 'parallel' &&
      checkup.chart.isWithin(other.id, parallel.id),
  );
  const region = parallel.children.find((child) => !canFinish(checkup, child));
  if (!isInnermost || region === undefined) return [];
  const { join, children } = parallel;
  const awaited = join === children.length ? 'all' : String(join);
  const message =
    `“${stateTitle(parallel)}” waits for ${awaited} of its regions, and “${stateTitle(region)}” can never finish. ` +
    `Let a rule in it lead to a state with "final: true".`;
  const problem = error('region-never-joins', region.path, message, [parallel.id, region.id]);
  return [{ state: parallel, problem }];
}

/** Work, or a state with states inside, that can end without anything saying what happens then. */
function doneMissing(checkup: Checkup, state: State): readonly Explained[] {
  if (!isReached(checkup, state) || state.done.length > 0 || !endsUnhandled(checkup, state))
    return [];
  const outcomes = outcomesLeft(state).map((outcome) => `"${outcome}"`);
  const how = outcomes.length === 0 ? '' : ` with ${outcomes.join(' or ')}`;
  const answer = outcomes.length === 0 ? '' : ' or a rule for it under "on",';
  const message =
    `“${stateTitle(state)}” can finish${how}, and nothing says what happens then. ` +
    `Add "done",${answer} with the state that comes next.`;
  return [{ state, problem: error('done-missing', state.path, message, [state.id]) }];
}

/** The outcomes with which what lies inside can end and to which `on` has no answer. */
function outcomesLeft(state: State): readonly string[] {
  if (state.kind !== 'states' && state.kind !== 'parallel') return [];
  return [...unhandledEndings(state)].filter((ending) => ending !== undefined);
}

function endsUnhandled(checkup: Checkup, state: State): boolean {
  const parent = checkup.chart.parentOf(state.id);
  if (forEachOf(state) !== undefined) return state.next.length === 0;
  switch (state.kind) {
    case 'call':
    case 'wait':
      return state.next.length === 0;
    case 'parallel':
      return canEndUnhandled(checkup, state);
    case 'states': {
      // The root ends the case, and a region ends with the others.
      if (parent === undefined || parent.kind === 'parallel') return false;
      return unhandledEndings(state).size > 0;
    }
    default:
      return false;
  }
}

/** Enough regions can finish, none of them with an outcome that `on` answers. */
function canEndUnhandled({ presence }: Checkup, parallel: StateOf<'parallel'>): boolean {
  const unhandled = unhandledEndings(parallel);
  const canEnd = parallel.children.filter(
    (region) =>
      region.when !== undefined ||
      childrenOf(region).some(
        (end) => end.kind === 'final' && presence.isReached(end.id) && unhandled.has(end.outcome),
      ),
  );
  return canEnd.length >= parallel.join;
}

/** Of the states without a way to an end: those that lead nowhere else than to each other. */
function deadEnds(
  checkup: Checkup,
  blocked: readonly State[],
  explained: readonly State[],
): readonly Problem[] {
  const { chart, workflow } = checkup;
  const inside = new Set(explained.flatMap(withinState));
  const open = blocked.filter((state) => childrenOf(state).length === 0);
  const reach = new Map(open.map((state) => [state, followedFrom(checkup, state)]));
  const told = new Set<State>();
  return open.flatMap((state) => {
    const after = reach.get(state) ?? new Set();
    const isLast = [...after].every((next) => reach.get(next)?.has(state) ?? false);
    if (!isLast || inside.has(state) || told.has(state)) return [];
    for (const next of after) told.add(next);
    const title = stateTitle(state);
    const resting = restingWayOut(checkup, state);
    if (resting !== undefined) return [mayRest(state, resting)];
    const message =
      after.size === 0
        ? `A case that comes into “${title}” can never leave it. Add a rule that leads on, or make it "final".`
        : `A case that comes into “${title}” goes round for ever: no way leads from here to an end.`;
    return [error('no-way-to-an-end', state.path, message, wayTo(chart, workflow.root, state))];
  });
}

/** A timer that would lead on, were it sure to fire. */
function restingWayOut({ chart }: Checkup, state: State): Timer | undefined {
  return [state, ...chart.ancestorsOf(state.id)]
    .flatMap(({ after }) => after)
    .find(
      (timer) => !chart.isSure(timer, state.id) && timer.rules.some(({ to }) => to !== undefined),
    );
}

function mayRest(state: State, { path, timing, pauseWhile }: Timer): Problem {
  const why =
    pauseWhile.length > 0 || !('value' in timing)
      ? 'stands still there'
      : `never fires while "${timing.value.source}" is empty, which it may be`;
  return error(
    'timer-may-rest',
    path,
    `Nothing but this timer leads out of “${stateTitle(state)}”, and it ${why}: a case could stay ` +
      'there for ever. Make sure of the value on every way into the state, or add another way out.',
    [state.id],
  );
}

function followedFrom({ chart }: Checkup, state: State): ReadonlySet<State> {
  const seen = new Set<State>(followersOf(chart, state));
  for (const here of seen) for (const next of followersOf(chart, here)) seen.add(next);
  return seen;
}
