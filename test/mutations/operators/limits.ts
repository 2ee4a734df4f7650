import type { Path } from '../../../engine/kernel/problem.ts';
import { at, entriesOf, put, textAt } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { statesOf, statesWith, targetsOf } from '../walk.ts';

/** Puts something into every `limit`. */
function inLimit(name: string, why: string, key: string, value: string | number): Operator {
  return operator(name, why, (tree) =>
    statesWith(tree, 'limit').map(({ path }) => {
      const place = [...path, 'limit', key];
      return [put(tree, place, value), place];
    }),
  );
}

function nameOf(tree: Tree, path: Path): string {
  return textAt(tree, [...path, 'limit', 'name']) ?? '';
}

/** Of the states that share a limit, all but the first. */
function sharing(tree: Tree): readonly Path[] {
  const paths = statesWith(tree, 'limit').map(({ path }) => path);
  return paths.filter((path, index) =>
    paths.slice(0, index).some((other) => nameOf(tree, other) === nameOf(tree, path)),
  );
}

/** States with a limit and states inside, with a name of one that lies inside. */
function groups(tree: Tree): readonly (readonly [Path, string])[] {
  return statesWith(tree, 'limit').flatMap(({ path, value }) =>
    entriesOf(value['states']).map(([name]): [Path, string] => [path, name]),
  );
}

/** How many cases a state takes at once. */
export const LIMIT_OPERATORS: readonly Operator[] = [
  inLimit('limit-of-none', 'With none at once, no case ever gets in.', 'n', 0),
  inLimit('limit-of-a-part', 'There is no half of a case.', 'n', 1.5),
  inLimit('limit-by-a-list', 'A queue is told by one plain value.', 'by', 'lines'),
  inLimit('limit-by-nothing', 'There is no such field.', 'by', 'nowhere'),
  inLimit('limit-by-what-is-empty', 'It may be empty when a case comes.', 'by', 'note'),
  operator('limit-of-another-number', 'States that share a limit admit as many.', (tree) =>
    sharing(tree).map((path) => {
      const place = [...path, 'limit', 'n'];
      return [put(tree, place, Number(at(tree, place)) + 1), place];
    }),
  ),
  operator('limit-by-another-value', 'They would never stand in the same queue.', (tree) =>
    sharing(tree).map((path) => {
      const place = [...path, 'limit', 'by'];
      return [put(tree, place, 'size(lines)'), [...path, 'limit']];
    }),
  ),
  operator('limit-inside-itself', 'A case would wait for the place that it holds.', (tree) =>
    groups(tree)
      .map(([path, name]): readonly [Path, Path] => [path, [...path, 'states', name]])
      .filter(([, inner]) => at(tree, [...inner, 'final']) === undefined)
      .map(([path, inner]) => {
        const place = [...inner, 'limit'];
        return [put(tree, place, at(tree, [...path, 'limit']) ?? {}), place];
      }),
  ),
  operator('limit-of-an-end', 'A case never leaves its end, and would keep the place.', (tree) =>
    statesOf(tree)
      .filter(({ value }) => 'final' in value)
      .map(({ path }) => {
        const place = [...path, 'limit'];
        return [put(tree, place, { n: 1, name: 'over' }), place];
      }),
  ),
  operator('queue-passed', 'Whoever comes from outside stands in the queue first.', (tree) =>
    groups(tree).flatMap(([path, name]) =>
      targetsOf(tree)
        .filter(({ value }) => path.length === 2 && value === path.at(-1))
        .map((target): readonly [Tree, Path] => [
          put(tree, target.path, `${target.value}/${name}`),
          target.path,
        ]),
    ),
  ),
];
