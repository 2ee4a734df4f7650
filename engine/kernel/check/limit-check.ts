import { areBeside, parallelsIn } from '../definition/emissions.ts';
import type { Limit } from '../definition/limit.ts';
import type { State } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import { SELF } from '../definition/self.ts';
import type { Fix, Problem } from '../problem.ts';
import { withArticle } from '../types/assignable.ts';
import { showKind } from '../types/show.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf } from './choices.ts';
import { moveOf } from './moves.ts';
import { error } from './place.ts';
import type { CheckedSite } from './site-check.ts';
import { stateTitle } from './state-title.ts';
import { withinState } from './statechart.ts';

/** A state that has a limit. */
type Limited = State & { readonly limit: Limit };

/** Checks that every queue of a limit is one queue, that nobody passes it, and that it moves on. */
export function checkLimits(checkup: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  const limited = [...checkup.chart.states.values()].filter(isLimited);
  if (limited.length === 0) return [];
  const kinds = new Map(
    sites
      .filter(({ purpose }) => purpose.kind === 'limit')
      .map(({ expression, checked }) => [expression, checked.type.kind]),
  );
  const waits = waitsOf(limited);
  return [
    ...sites.flatMap(noKey),
    ...limited.flatMap((state) => differs(state, limited, kinds, checkup)),
    ...limited.flatMap(insideItself),
    ...deadlocks(limited, waits, checkup),
    ...[...checkup.chart.states.values()].flatMap((state) => passed(state, checkup)),
  ];
}

function isLimited(state: State): state is Limited {
  return state.limit !== undefined;
}

/** What tells queues apart must be one plain value, and there for every case that comes. */
function noKey({ purpose, expression, checked }: CheckedSite): readonly Problem[] {
  if (purpose.kind !== 'limit') return [];
  const { kind, mayBeEmpty } = checked.type;
  if (kind === 'object' || kind === 'list') {
    const message = `The cases of a limit are counted by one plain value, and this is ${withArticle(showKind(checked.type))}. Name one of its fields.`;
    return [error('limit-value', expression.path, message)];
  }
  if (kind !== 'empty' && !mayBeEmpty) return [];
  const message =
    'This may be empty when a case comes here, and all that is empty would stand in one queue. Fill it on the way here, or leave "by" out to count all cases together.';
  return [error('limit-value', expression.path, message)];
}

/** States that share a name share a queue, so they must say the same of it. */
function differs(
  state: Limited,
  limited: readonly Limited[],
  kinds: ReadonlyMap<unknown, string>,
  { map }: Checkup,
): readonly Problem[] {
  const { limit } = state;
  const first = limited.find((one) => one.limit.name === limit.name);
  if (first === undefined || first === state) return [];
  const shared = `“${stateTitle(first)}” and “${stateTitle(state)}” share the limit "${limit.name}"`;
  if (limit.n !== first.limit.n) {
    const path = [...limit.path, 'n'];
    const message = `${shared}, and one admits ${String(first.limit.n)} cases, the other ${String(limit.n)}. Write the same number, or another name.`;
    return [{ ...error('limit-differs', path, message), ...fixOf(map?.locate(path), first.limit) }];
  }
  const [mine, theirs] = [limit, first.limit].map(({ by }) => by && kinds.get(by));
  if (mine === theirs) return [];
  const message = `${shared}, and count its cases by different things: ${told(first.limit)} and ${told(limit)}. They would never stand in the same queue. Write the same "by", or another name.`;
  return [error('limit-differs', limit.path, message)];
}

function fixOf(
  at: { readonly from: number; readonly to: number } | undefined,
  { n }: Limit,
): { readonly fix?: Fix } {
  if (at === undefined) return {};
  const text = String(n);
  return { fix: { title: `Write ${text}`, edits: [{ from: at.from, to: at.to, text }] } };
}

function told({ by }: Limit): string {
  return by === undefined ? 'all cases together' : by.source;
}

function insideItself(state: Limited): readonly Problem[] {
  return limitsInside(state)
    .filter(({ limit }) => limit.name === state.limit.name)
    .map((inner) =>
      error(
        'limit-inside-itself',
        inner.limit.path,
        `“${stateTitle(inner)}” lies inside “${stateTitle(state)}”, which has the limit "${state.limit.name}" already: ` +
          'a case would wait there for a place that it holds itself. Take one of the two away, or give it another name.',
        [state.id, inner.id],
      ),
    );
}

function limitsInside(state: State): readonly Limited[] {
  return withinState(state).slice(1).filter(isLimited);
}

/** Which limits a case may wait for while it holds a place of another, with the states concerned. */
interface Wait {
  readonly holds: Limited;
  readonly for: Limited;
}

function waitsOf(limited: readonly Limited[]): readonly Wait[] {
  return limited.flatMap((holds) => [
    ...limitsInside(holds).map((inner) => ({ holds, for: inner })),
    // A case of the same workflow that is run in there comes to all of its limits.
    ...(runsItself(holds) ? limited.filter(isOverCases) : []).map((one) => ({ holds, for: one })),
  ]);
}

/** By its reference a case has a queue of its own. */
function isOverCases({ limit }: Limited): boolean {
  return limit.by?.source !== 'reference';
}

function runsItself(state: State): boolean {
  return withinState(state).some((inner) => inner.kind === 'run' && inner.workflow === SELF);
}

/** Cases that hold a place each and wait for the other's would wait for ever. */
function deadlocks(
  limited: readonly Limited[],
  waits: readonly Wait[],
  { chart }: Checkup,
): readonly Problem[] {
  const parallels = parallelsIn([...chart.states.values()]);
  const told = new Set<string>();
  return limited.flatMap(({ limit: { name } }) => {
    const round = told.has(name) ? undefined : roundOf(name, waits);
    if (round === undefined || !canMeet(round, parallels)) return [];
    for (const { holds } of round) told.add(holds.limit.name);
    return [deadlock(round)];
  });
}

/** Within one case, two can wait for each other only where they are beside each other. */
function canMeet(round: readonly Wait[], parallels: ReturnType<typeof parallelsIn>): boolean {
  if (round.some(({ for: inner }) => isOverCases(inner))) return true;
  const held = round.map(({ holds }) => holds.id);
  return held.some((one) => held.some((other) => areBeside(one, other, parallels)));
}

/** A way from a limit back to it, each held while the next is waited for. */
function roundOf(name: string, waits: readonly Wait[]): readonly Wait[] | undefined {
  const seen = new Set<string>();
  const open: (readonly Wait[])[] = [[]];
  for (const way of open) {
    const here = way.at(-1)?.for.limit.name ?? name;
    for (const wait of waits.filter(({ holds }) => holds.limit.name === here)) {
      const { name: next } = wait.for.limit;
      if (isNested(wait) && next === here) continue;
      if (next === name) return [...way, wait];
      if (!seen.has(next)) open.push([...way, wait]);
      seen.add(next);
    }
  }
  return undefined;
}

/** Told as what it is: a limit inside itself. */
function isNested({ holds, for: inner }: Wait): boolean {
  return inner.id.startsWith(`${holds.id}/`);
}

function deadlock(round: readonly Wait[]): Problem {
  const [first] = round;
  const way = round.map(
    ({ holds, for: inner }) =>
      `in “${stateTitle(holds)}” a case holds "${holds.limit.name}" and waits for "${inner.limit.name}"`,
  );
  return error(
    'limit-deadlock',
    first?.for.limit.path ?? [],
    `Cases could wait for each other for ever: ${way.join('; ')}. ` +
      'Let every case take the limits in the same order, or one after the other.',
    round.flatMap(({ holds, for: inner }) => [holds.id, inner.id]),
  );
}

/** A rule that leads past a queue into a state behind it. */
function passed(state: State, checkup: Checkup): readonly Problem[] {
  return choicesOf(state).flatMap(({ rules }) =>
    rules.flatMap((rule) => {
      const limited = passedBy(state, rule, checkup);
      if (limited === undefined) return [];
      const message =
        `“${stateTitle(limited)}” has the limit "${limited.limit.name}", and this leads inside it, past its queue. ` +
        `Lead to “${stateTitle(limited)}” itself: it begins when its turn comes.`;
      const path = [...rule.path, 'to'];
      return [{ ...error('limit-passed', path, message), ...shortened(rule, limited, checkup) }];
    }),
  );
}

function passedBy(state: State, rule: Transition, { chart }: Checkup): Limited | undefined {
  const target = chart.states.get(rule.to ?? '');
  if (rule.to === undefined || target === undefined) return undefined;
  const { entered } = moveOf(chart, state, target, rule.reenter);
  const passing = rule.history === undefined ? entered.slice(0, -1) : entered;
  return passing.find(isLimited);
}

/** A fix that takes from a target what lies behind the queue. */
function shortened(
  { path, to = '', history }: Transition,
  { id }: Limited,
  { map }: Checkup,
): { readonly fix?: Fix } {
  if (map === undefined) return {};
  const { from, to: end } = map.locate([...path, 'to']);
  const written = map.text.slice(from, end);
  const names = { shallow: '/history', deep: '/deepHistory' };
  const behind = `${to.slice(id.length)}${history === undefined ? '' : names[history]}`;
  if (!written.endsWith(behind)) return {};
  const text = written.slice(0, -behind.length);
  return { fix: { title: `Write ${text}`, edits: [{ from, to: end, text }] } };
}
