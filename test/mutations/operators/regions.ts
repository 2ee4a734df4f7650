import { at, entriesOf, isTree, put } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { endOf, isRegion, placesOf, rulesOf, statesOf, statesWith, targetsOf } from '../walk.ts';

/** Regions and how they join, ways back, and what is taken back. */
export const REGION_OPERATORS: readonly Operator[] = [
  ...([99, 0, 'most'] as const).map((join) =>
    operator(
      `join-${String(join)}`,
      'There are not so many regions, or this is no number.',
      (tree) =>
        statesWith(tree, 'parallel').map(({ path }) => {
          const place = [...path, 'join'];
          return [put(tree, place, join), place];
        }),
    ),
  ),
  operator('join-of-nothing', 'Only regions join.', (tree) =>
    placesOf(tree)
      .filter(({ value }) => !('parallel' in value))
      .map(({ path }) => [put(tree, [...path, 'join'], 1), path]),
  ),
  operator('condition-of-a-state', 'Only a region is left out.', (tree) =>
    placesOf(tree).map(({ path }) => [put(tree, [...path, 'when'], true), path]),
  ),
  operator('region-when-number', 'A region begins, or it does not.', (tree) =>
    statesOf(tree)
      .filter(isRegion)
      .map(({ path }) => {
        const place = [...path, 'when'];
        return [put(tree, place, 'size(reference)'), place];
      }),
  ),
  operator('outcome-of-no-region', 'No region ends so.', (tree) =>
    statesWith(tree, 'parallel').map(({ path }) => {
      const place = [...path, 'on', 'sing'];
      return [put(tree, place, String(path.at(-1))), place];
    }),
  ),
  operator('no-such-region', 'There is no region of this name.', (tree) =>
    statesWith(tree, 'parallel').map(({ path }) => {
      const place = [...path, 'done'];
      const to = String(path.at(-1));
      const rules = [{ when: 'outcomes.nobody == null', to }, { to }];
      return [put(tree, place, rules), place];
    }),
  ),
  operator('outcomes-elsewhere', 'Where nothing joins, there are no outcomes.', (tree) =>
    placesOf(tree)
      .filter(({ value }) => !('parallel' in value) && !('entry' in value))
      .map(({ path }) => {
        const place = [...path, 'entry', 'set', 'noted'];
        const noted = put(tree, ['data', 'noted'], { kind: 'text' });
        return [put(noted, place, 'outcomes.one'), place];
      }),
  ),
  operator('back-into-work', 'Work has no states to go back to.', (tree) =>
    targetsOf(tree).flatMap(({ path, value }) => {
      if (!/^[a-z-]+$/.test(value) || path[0] === 'on') return [];
      const state = at(tree, ['states', value]);
      const isLeaf =
        path.length <= 6 && isTree(state) && !('states' in state || 'parallel' in state);
      return isLeaf ? [[put(tree, path, `${value}/history`), path] as const] : [];
    }),
  ),
  operator('back-into-one-region', 'All regions go back together.', (tree) =>
    targetsOf(tree).flatMap(({ path, value }) =>
      at(tree, ['states', value.replace('^', ''), 'parallel']) === undefined
        ? []
        : [[put(tree, path, `${value}/history`), path] as const],
    ),
  ),
  operator('back-into-itself', 'The case is there already.', (tree) =>
    statesWith(tree, 'states').flatMap(({ path, value }) =>
      entriesOf(value['states']).flatMap(([name, inner]) => {
        if (!isTree(inner) || 'final' in inner || isRegion({ path, value })) return [];
        const place = [...path, 'states', name, 'after'];
        const rule = { '9 days': `^${String(path.at(-1))}/history` };
        return [[put(tree, place, rule), place] as const];
      }),
    ),
  ),
  operator('undo-to-nowhere', 'What is taken back leads somewhere.', (tree) =>
    placesOf(tree).map(({ path }) => {
      const place = [...path, 'after'];
      return [put(tree, place, { '9 days': { undo: 'all' } }), place];
    }),
  ),
  operator('undo-of-no-state', 'There is no such state.', (tree) =>
    rulesOf(tree).flatMap(({ path, value }) => {
      if (!isTree(value) || value['to'] === undefined) return [];
      const place = [...path, 'undo'];
      return [[put(tree, place, 'nowhere'), place] as const];
    }),
  ),
  operator('undo-of-other-regions', 'Other regions would be undone while they go on.', (tree) =>
    statesWith(tree, 'states')
      .filter(isRegion)
      .flatMap(({ path, value }) =>
        entriesOf(value['states']).flatMap(([name, inner]) => {
          if (!isTree(inner) || 'final' in inner) return [];
          const place = [...path, 'states', name, 'after'];
          return [[put(tree, place, { '9 days': { to: name, undo: 'all' } }), place] as const];
        }),
      ),
  ),
  operator('stays-and-reenters', 'What is entered anew is named.', (tree) =>
    placesOf(tree).map(({ path }) => {
      const place = [...path, 'after'];
      return [put(tree, place, { '9 days': { to: endOf(tree), reenter: 'yes' } }), place];
    }),
  ),
];
