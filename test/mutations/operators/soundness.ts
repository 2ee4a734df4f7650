import type { Path } from '../../../engine/kernel/problem.ts';
import { at, cut, entriesOf, isTree, put, textAt } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import type { Part } from '../walk.ts';
import { isRegion, statesOf, statesWith, targetsOf } from '../walk.ts';

/** Statecharts in which a case gets lost, or stays for ever. */
export const SOUNDNESS_OPERATORS: readonly Operator[] = [
  operator('unreachable-state', 'Nothing leads to this state.', (tree) => [
    ...levelsOf(tree).map((path) => {
      const place = [...path, 'lonely'];
      return [put(tree, place, { final: 'lonely' }), place] as const;
    }),
  ]),
  operator('unreachable-work', 'Nothing leads to this state.', (tree) =>
    levelsOf(tree).map((path) => {
      const place = [...path, 'lonely'];
      const [first = ''] = entriesOf(at(tree, path)).map(([name]) => name);
      return [put(tree, place, { after: { '3 days': first } }), place];
    }),
  ),
  operator('dead-end', 'Nothing leads out of this state, and it is no end.', (tree) =>
    statesWith(tree, 'final')
      // What the workflow itself answers to leads out of everything.
      .filter(({ path }) => path.length === 2 && tree['on'] === undefined)
      .map(({ path }) => [put(tree, path, { title: 'Stuck' }), path]),
  ),
  operator('endless-loop', 'Two states lead to each other at once, for ever.', (tree) =>
    statesWith(tree, 'final').map(({ path }) => {
      const name = String(path.at(-1));
      const pong = [...path.slice(0, -1), 'pong'];
      const looped = put(put(tree, path, { next: 'pong' }), pong, { next: name });
      return [looped, path];
    }),
  ),
  operator('done-missing', 'The work ends, and nothing says what then.', (tree) =>
    statesWith(tree, 'done')
      .filter(({ path }) => path.at(-2) === 'states')
      .map(({ path }) => [cut(tree, [...path, 'done']), path]),
  ),
  operator('outcomes-missing', 'A task that cannot be completed is never left.', (tree) =>
    leftByOutcomes(tree).map(({ path }) => [cut(tree, [...path, 'on']), path]),
  ),
  operator('outcome-unhandled', 'The form has a button that nothing answers to.', (tree) =>
    buttonsOf(tree).map(({ path, value }) => [cut(tree, [...path, 'on', value]), path]),
  ),
  operator('outcome-unknown', 'The form has no button of this name.', (tree) =>
    [...new Map(buttonsOf(tree).map((one) => [one.path.join('/'), one])).values()].map(
      ({ path }) => {
        const place = [...path, 'on', 'sing'];
        return [put(tree, place, String(path.at(-1))), place];
      },
    ),
  ),
  operator('new-button', 'The form has a button that no state answers to.', (tree) =>
    [...new Map(buttonsOf(tree).map((one) => [one.path.join('/'), one])).values()].map(
      ({ path }) => {
        const form = formOf(tree, path);
        return [put(tree, ['forms', form, 'outcomes', 'sing'], 'Sing'), path];
      },
    ),
  ),
  operator('region-never-ends', 'A region that never ends keeps all others waiting.', (tree) =>
    statesOf(tree)
      .filter(({ path, value }) => path.at(-2) === 'parallel' && isTree(value['states']))
      .flatMap(({ path, value }) =>
        entriesOf(value['states']).flatMap(([name, state]) => {
          if (at(state, ['final']) === undefined) return [];
          const changed = put(tree, [...path, 'states', name], { title: 'Stuck' });
          return [[changed, path] as const];
        }),
      ),
  ),
  operator('regions-at-odds', 'Two regions write one field at the same time.', (tree) =>
    statesWith(tree, 'parallel').flatMap(({ path, value }) => {
      const regions = entriesOf(value['parallel']).map(([name]) => [...path, 'parallel', name]);
      const changed = put(tree, ['data', 'both'], { kind: 'number' });
      const written = regions.reduce(
        (all, region) => put(all, [...region, 'entry', 'set', 'both'], 1),
        changed,
      );
      return regions.length < 2 ? [] : [[written, [...path, 'parallel']] as const];
    }),
  ),
  operator('region-reads-other', 'One region reads what another writes at the same time.', (tree) =>
    statesWith(tree, 'parallel').flatMap(({ path, value }) => {
      const [first, second] = entriesOf(value['parallel']).map(([name]) => [
        ...path,
        'parallel',
        name,
      ]);
      if (first === undefined || second === undefined) return [];
      const fields = put(
        put(tree, ['data', 'one'], { kind: 'number', default: 1 }),
        ['data', 'two'],
        {
          kind: 'number',
        },
      );
      const written = put(fields, [...first, 'entry', 'set', 'one'], 2);
      return [
        [
          put(written, [...second, 'entry', 'set', 'two'], 'one + 1'),
          [...path, 'parallel'],
        ] as const,
      ];
    }),
  ),
  operator('into-region', 'A region is entered with its parallel, not alone.', (tree) =>
    statesWith(tree, 'parallel').flatMap(({ path, value }) => {
      const [region] = entriesOf(value['parallel']).map(([name]) => name);
      const outside = targetsOf(tree).filter(({ value: to }) => to === path.at(-1));
      return outside.map(
        (target) =>
          [put(tree, target.path, `${target.value}/${String(region)}`), target.path] as const,
      );
    }),
  ),
  operator('next-without-target', '`next` leads somewhere.', (tree) =>
    statesWith(tree, 'next').map(({ path }) => {
      const place = [...path, 'next'];
      return [put(tree, place, { set: {} }), place];
    }),
  ),
  operator('two-regions-leave', 'Both regions would leave in the same step.', (tree) =>
    statesWith(tree, 'parallel').flatMap(({ path, value }) => {
      const names = entriesOf(value['parallel']).map(([name]) => name);
      const outside = entriesOf(tree['states']).find(
        ([, state]) => at(state, ['final']) !== undefined,
      );
      if (names.length < 2 || outside === undefined || path.length > 2) return [];
      const changed = names.reduce(
        (all, name) =>
          put(all, [...path, 'parallel', name], {
            states: {
              here: {
                after: { '1 hours': 'over' },
                next: { when: 'reference == "x"', to: `^${outside[0]}` },
              },
              over: { final: true },
            },
          }),
        tree,
      );
      return [[changed, [...path, 'parallel']] as const];
    }),
  ),
];

/** The maps in which states stand side by side. */
function levelsOf(tree: Tree): readonly (readonly (string | number)[])[] {
  return [['states'], ...statesWith(tree, 'states').map(({ path }) => [...path, 'states'])];
}

/** Work of people that is left by what they choose: it is not repeated, and no region by itself. */
function leftByOutcomes(tree: Tree): readonly Part<Tree>[] {
  return [...statesWith(tree, 'task'), ...statesWith(tree, 'ask')].filter(
    (state) => !isRegion(state) && state.value['forEach'] === undefined,
  );
}

/** The outcomes that a state's form declares, each with the state. */
function buttonsOf(tree: Tree): readonly Part<string>[] {
  return leftByOutcomes(tree).flatMap(({ path, value }) => {
    const outcomes = entriesOf(at(tree, ['forms', formOf(value), 'outcomes']));
    return outcomes.map(([outcome]) => ({ path, value: outcome }));
  });
}

/** The form of a task or an ask. */
function formOf(tree: Tree, path: Path = []): string {
  return textAt(tree, [...path, 'task', 'form']) ?? textAt(tree, [...path, 'ask', 'form']) ?? '';
}
