import { forEachOf } from '../for-each-of.ts';
import type { EventHandler, Transition } from '../rules.ts';
import type { State, StateRules } from '../state.ts';
import type { Outline } from './outline.ts';
import { DONE } from './outline.ts';
import type { Reading } from './reading.ts';

/** How work ends whose form names no outcomes. */
const ONLY_OUTCOME = 'done';

/** The id of the end to which one outcome of a region's work leads; `finish` is its plain end. */
export function endWith(finish: string, outcome: string): string {
  return `${finish}-${outcome}`;
}

/**
 * The states of a region that is one piece of work: the work, and the ends that it comes to. Where
 * the author wrote no way out of it, it leads to an end; an outcome of the work is the region's.
 */
export function workAndEnds(
  work: State,
  { id, path }: Outline,
  noRules: StateRules,
  reading: Reading,
): readonly State[] {
  const finish = `${id}/${DONE}`;
  const written =
    forEachOf(work) === undefined ? withEnd(work, finish, reading) : withDone(work, finish);
  const targets = new Set(
    [...written.on, ...written.after].flatMap(({ rules }) => rules.map(({ to }) => to)),
  );
  for (const { to } of [...written.done, ...written.failed, ...written.next]) targets.add(to);
  const end = (outcome?: string): State => ({
    kind: 'final',
    id: outcome === undefined ? finish : endWith(finish, outcome),
    name: outcome === undefined ? DONE : endWith(DONE, outcome),
    path,
    ...noRules,
    ...(outcome === undefined ? {} : { outcome }),
  });
  const ends = [end(), ...written.on.map(({ event }) => end(event))];
  return [written, ...ends.filter((state) => targets.has(state.id))];
}

/** An outcome ends one item; the region ends when all have ended. */
function withDone(work: State, to: string): State {
  const { path, done } = work;
  return done.length > 0 ? work : { ...work, done: [{ path, to, set: [], send: [] }] };
}

const LEFT_BY_NEXT: readonly State['kind'][] = ['decide', 'start'];

function withEnd(work: State, to: string, { forms, core }: Reading): State {
  const { path } = work;
  const ending = (end: string): readonly Transition[] => [{ path, to: end, set: [], send: [] }];
  const withOutcomes = (outcomes: readonly string[]): readonly EventHandler[] =>
    outcomes.map((event) => ({ path, event, rules: ending(endWith(to, event)) }));
  if (isLedOn(work)) return work;
  if (work.kind === 'task' || work.kind === 'ask') {
    const outcomes = forms.get(work.form) ?? [];
    if (outcomes.length > 0) return { ...work, on: withOutcomes(outcomes) };
    return { ...work, on: [{ path, event: ONLY_OUTCOME, rules: ending(to) }] };
  }
  if (LEFT_BY_NEXT.includes(work.kind)) return { ...work, next: ending(to) };
  if (work.kind !== 'run' || work.on.length > 0) return { ...work, done: ending(to) };
  // A child that ends as failed is told by the rules of failed, like every failure.
  const outcomes = core.runnables.get(work.workflow)?.outcomes ?? [];
  const on = withOutcomes(outcomes.filter((outcome) => outcome !== 'failed'));
  return on.length > 0 ? { ...work, on } : { ...work, done: ending(to) };
}

function isLedOn({ kind, on, next, done }: State): boolean {
  if (kind === 'task' || kind === 'ask') return on.length > 0;
  return LEFT_BY_NEXT.includes(kind) ? next.length > 0 : done.length > 0;
}
