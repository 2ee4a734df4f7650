import { isTree, put, textAt } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import type { Part } from '../walk.ts';
import { endOf, placesOf, rulesOf, statesWith } from '../walk.ts';

/** Puts something into every `forEach`. */
function inForEach(name: string, why: string, key: string, value: string | number): Operator {
  return operator(name, why, (tree) =>
    statesWith(tree, 'forEach').map(({ path }) => {
      const place = [...path, 'forEach', key];
      return [put(tree, place, value), place];
    }),
  );
}

/** Places where no work is repeated, and none of whose own neighbours is changed by it. */
function unrepeated(tree: Tree): readonly Part<Tree>[] {
  return placesOf(tree).filter(({ value }) => value['forEach'] === undefined);
}

/** What is repeated, and what becomes of the items. */
export const ITEM_OPERATORS: readonly Operator[] = [
  inForEach('items-of-no-list', 'A number has no items.', 'in', 'size(reference)'),
  inForEach('items-of-nothing', 'There is no such list.', 'in', 'nowhere'),
  inForEach('item-named-like-data', 'The name means the field already.', 'item', 'lines'),
  inForEach('until-a-number', 'It is enough, or it is not.', 'until', 'size(results)'),
  inForEach('until-of-no-part', 'A result has no such part.', 'until', 'results.all(r, r.colour)'),
  inForEach('no-item-at-once', 'With none at once, nothing ever begins.', 'atMost', 0),
  inForEach('unknown-mode', 'There are two ways to go through a list.', 'mode', 'backwards'),
  inForEach('unknown-rest', 'The rest is cancelled, or waited for.', 'rest', 'forget'),
  operator('two-at-once-in-sequence', 'One after the other are not two at once.', (tree) =>
    statesWith(tree, 'forEach').map(({ path }) => {
      const place = [...path, 'forEach', 'atMost'];
      const sequence = put(tree, [...path, 'forEach', 'mode'], 'sequence');
      return [put(sequence, place, 2), place];
    }),
  ),
  operator('failed-person', 'What a person does cannot fail.', (tree) =>
    statesWith(tree, 'forEach')
      .filter(({ value }) => 'task' in value || 'ask' in value)
      .map(({ path }) => {
        const place = [...path, 'forEach', 'onItemFailed'];
        return [put(tree, place, 'skip'), place];
      }),
  ),
  operator('item-leaves', 'An outcome ends one item, and the others go on.', (tree) =>
    statesWith(tree, 'forEach')
      .filter(({ path, value }) => 'task' in value && path.length === 2)
      .map(({ path }) => {
        const place = [...path, 'on', 'can'];
        return [put(tree, place, { to: endOf(tree) }), place];
      }),
  ),
  operator('repeated-place', 'There is no work here that could be repeated.', (tree) =>
    unrepeated(tree)
      .filter(({ value }) => !['task', 'ask', 'call', 'run'].some((key) => key in value))
      .map(({ path }) => [put(tree, [...path, 'forEach'], { item: 'one', in: 'range(2)' }), path]),
  ),
  operator('item-elsewhere', 'An item is known where the list is gone through.', (tree) =>
    statesWith(tree, 'forEach').flatMap(({ value }) =>
      unrepeated(tree)
        .filter((other) => !('entry' in other.value))
        .map(({ path }) => {
          const place = [...path, 'entry', 'set', 'noted'];
          const noted = put(tree, ['data', 'noted'], { kind: 'text' });
          return [
            put(noted, place, `${textAt(value, ['forEach', 'item']) ?? ''}.sku`),
            place,
          ] as const;
        }),
    ),
  ),
  operator('results-elsewhere', 'Where nothing is repeated, there are no results.', (tree) =>
    unrepeated(tree)
      .filter(({ value }) => !('entry' in value))
      .map(({ path }) => {
        const place = [...path, 'entry', 'set', 'noted'];
        const noted = put(tree, ['data', 'noted'], { kind: 'whole number' });
        return [put(noted, place, 'size(results)'), place];
      }),
  ),
  operator('one-more-and-gone', 'One more item is for a state that the case stays in.', (tree) =>
    rulesOf(tree).flatMap(({ path, value }) => {
      if (!isTree(value) || value['to'] === undefined || path[0] === 'on') return [];
      return [[put(tree, [...path, 'add'], 1), path] as const];
    }),
  ),
];
