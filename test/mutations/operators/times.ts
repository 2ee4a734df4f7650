import { put } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { placesOf } from '../walk.ts';

/** Gives every state a timer in place of its own ones, with the part of it where the problem is. */
function timer(name: string, why: string, written: Tree, part: readonly string[] = []): Operator {
  return operator(name, why, (tree) =>
    placesOf(tree).map(({ path }) => {
      const place = [...path, 'after', 0];
      const rule = { ...written, to: String(path.at(-1)) };
      return [
        put(put(tree, [...path, 'after'], []), [...path, 'after'], [rule]),
        [...place, ...part],
      ];
    }),
  );
}

/** When something happens by itself. */
export const TIME_OPERATORS: readonly Operator[] = [
  timer('timer-never', 'Nothing says when it fires.', {}),
  timer('timer-twice', 'A timer says once when it fires.', { at: 'today()', in: '3 days' }),
  timer('at-a-number', 'A number is no time.', { at: 'size(reference)' }, ['at']),
  timer('at-a-text', 'This text is no time.', { at: 'reference' }, ['at']),
  timer('at-nothing', 'Nothing in scope has this name.', { at: 'nobody.birthday' }, ['at']),
  timer('in-a-number', 'A number is no span of time.', { in: 'size(reference)' }, ['in']),
  timer('in-a-day', 'A day is no span of time.', { in: 'today()' }, ['in']),
  timer('every-now-and-then', 'This is no span of time.', { every: 'now and then' }),
  timer('every-formula', 'What repeats has one span.', { every: 'hours(3)' }),
  timer('once-at-most', 'What fires once is not counted.', { in: '3 days', atMost: 2 }),
  timer('never-at-most', 'It fires once at the least.', { every: '3 days', atMost: 0 }),
  timer('calendar-unknown', 'The core has no such calendar.', { in: '3 hours', calendar: 'moon' }),
  timer('calendar-of-months', 'Months are no working time.', {
    in: '3 months',
    calendar: 'default',
  }),
  timer('calendar-at', 'A time is fixed, whoever works.', { at: 'today()', calendar: 'default' }),
  timer('pause-nowhere', 'There is no such state.', { in: '3 days', pauseWhile: ['nowhere'] }),
  timer('pause-without-state', 'It stands still in some state.', { in: '3 days', pauseWhile: [] }),
  operator('pause-elsewhere', 'A case is not in its own neighbour as well.', (tree) =>
    placesOf(tree)
      .filter(({ path }) => path.at(-2) === 'states')
      .flatMap(({ path }) => {
        const beside = placesOf(tree).find(
          (other) =>
            other.path.length === path.length &&
            other.path.slice(0, -1).join('/') === path.slice(0, -1).join('/') &&
            other.path.at(-1) !== path.at(-1),
        );
        if (beside === undefined) return [];
        const place = [...path, 'after'];
        const rule = { in: '3 days', pauseWhile: [String(beside.path.at(-1))] };
        return [[put(tree, place, [{ ...rule, to: String(path.at(-1)) }]), [...place, 0]] as const];
      }),
  ),
];
