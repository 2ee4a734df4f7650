import fc from 'fast-check';
import type { Path } from '../../../engine/kernel/problem.ts';
import type { Tree, Value } from '../../mutations/tree.ts';
import { at, cut, entriesOf, isList, isTree, put, rename } from '../../mutations/tree.ts';

/** Makes another workflow of one, as data. */
export type TreeEdit = (tree: Tree) => Tree;

const NAMES = [
  ...['to', 'when', 'set', 'states', 'parallel', 'forEach', 'task', 'call', 'final', 'on', 'after'],
  ...[
    'undo',
    'history',
    'self',
    'all',
    '',
    ' ',
    '1',
    'toString',
    '__proto__',
    'é',
    '\u{1f600}',
    '*',
  ],
];

const ODD: readonly Value[] = [
  ...[null, true, false, 0, -1, 1e308, -0.5, 2 ** 53, '', ' ', 'x', '\u202e', '='.repeat(300)],
  ...[[], {}, [null], [[]], { to: null }, { final: true }, ['a', 'a'], { a: { a: { a: 1 } } }],
  ...['1 == 1', 'a.b.c.d', '!x', 'size(size(size(1)))', '((((1))))', '"', '1e999', 'x.map(x, x)'],
  ...[
    '3 days',
    '-1 days',
    '1e9 months',
    '99999999999 weeks',
    'P1Y',
    '{{reference}}',
    '^^x',
    'a/b/c',
  ],
];

/** What is changed: a place, another one, and what stands at both. */
interface Change {
  readonly tree: Tree;
  readonly path: Path;
  readonly value: Value;
  readonly other: Path;
  readonly further: Value;
  readonly name: string;
  readonly odd: Value;
  readonly depth: number;
}

const CHANGES: readonly ((change: Change) => Tree)[] = [
  ({ tree, path, value, other, further }) => putBoth(tree, [path, further], [other, value]),
  ({ tree, path }) => cut(tree, path),
  ({ tree, path, value, name }) => put(tree, [...path.slice(0, -1), name], value),
  ({ tree, path, name }) => rename(tree, path, name),
  ({ tree, path, odd }) => put(tree, path, odd),
  ({ tree, path, value, name, depth }) => put(tree, path, nested(value, name, depth)),
  ({ tree, value, other }) => put(tree, other, value),
  ({ tree, path, value }) => put(tree, path, isList(value) ? (value[0] ?? null) : [value, value]),
  ({ tree, path, value }) => put(tree, path, JSON.stringify(value)),
];

/** Edits that keep a workflow YAML, and make nonsense of what it says. */
export const TREE_EDITS: fc.Arbitrary<TreeEdit> = fc
  .record({
    which: fc.nat(100_000),
    second: fc.nat(100_000),
    name: fc.constantFrom(...NAMES),
    odd: fc.constantFrom(...ODD),
    depth: fc.integer({ min: 1, max: 40 }),
    change: fc.constantFrom(...CHANGES),
  })
  .map(({ which, second, change, ...rest }): TreeEdit => (tree) => {
    const paths = pathsIn(tree);
    const path = paths[which % Math.max(1, paths.length)];
    const other = paths[second % Math.max(1, paths.length)];
    if (path === undefined || other === undefined) return tree;
    const [value = null, further = null] = [at(tree, path), at(tree, other)];
    return change({ ...rest, tree, path, value, other, further });
  });

function putBoth(tree: Tree, ...pairs: readonly (readonly [Path, Value])[]): Tree {
  return pairs.reduce(
    (changed, [path, value]) =>
      at(changed, path) === undefined ? changed : put(changed, path, value),
    tree,
  );
}

function nested(value: Value, name: string, depth: number): Value {
  let made = value;
  for (let level = 0; level < depth; level += 1) {
    made = level % 3 === 2 ? [made] : { [name === '__proto__' ? 'x' : name]: made };
  }
  return made;
}

/** Every place in a workflow, the outermost first. */
function pathsIn(value: Value, path: Path = []): readonly Path[] {
  const inner = isTree(value)
    ? entriesOf(value)
    : isList(value)
      ? value.map((item, index) => [index, item] as const)
      : [];
  return inner.flatMap(([step, item]): readonly Path[] => [
    [...path, step],
    ...pathsIn(item, [...path, step]),
  ]);
}
