import type { Path } from '../../engine/kernel/problem.ts';
import type { Tree, Value } from './tree.ts';
import { at, entriesOf, isList, isTree } from './tree.ts';

/** A part of a workflow and the path that leads to it. */
export interface Part<V = Value> {
  readonly path: Path;
  readonly value: V;
}

/** Every state, regions included, outer ones first. */
export function statesOf(tree: Tree, path: Path = []): readonly Part<Tree>[] {
  return ['states', 'parallel'].flatMap((key) =>
    entriesOf(at(tree, [...path, key])).flatMap(([name, value]) => {
      const inner = [...path, key, name];
      return isTree(value) ? [{ path: inner, value }, ...statesOf(tree, inner)] : [];
    }),
  );
}

/** States that have a key, with its value. */
export function statesWith(tree: Tree, key: string): readonly Part<Tree>[] {
  return statesOf(tree).filter(({ value }) => Object.hasOwn(value, key));
}

/** Every rule of `done`, `failed`, `next`, `on` and `after`: a target alone, or a map. */
export function rulesOf(tree: Tree): readonly Part[] {
  const whole: Part<Tree> = { path: [], value: { on: tree['on'] ?? {} } };
  return [whole, ...statesOf(tree)].flatMap(({ path, value }) => [
    ...['done', 'failed', 'next'].flatMap((key) => rulesIn(value[key], [...path, key])),
    ...['on', 'after'].flatMap((key) => {
      if (isList(value[key])) return rulesIn(value[key], [...path, key]);
      return entriesOf(value[key]).flatMap(([name, rules]) => rulesIn(rules, [...path, key, name]));
    }),
  ]);
}

function rulesIn(rules: Value | undefined, path: Path): readonly Part[] {
  if (rules === undefined) return [];
  return isList(rules)
    ? rules.map((value, index) => ({ path: [...path, index], value }))
    : [{ path, value: rules }];
}

/** Whether a state is a region of a parallel. */
export function isRegion({ path }: Part<Tree>): boolean {
  return path.at(-2) === 'parallel';
}

/** States that a case stays in and that rules can name: no ends, and no regions. */
export function placesOf(tree: Tree): readonly Part<Tree>[] {
  return statesOf(tree).filter((state) => !('final' in state.value) && !isRegion(state));
}

/** The name of an end of the workflow. */
export function endOf(tree: Tree): string {
  const ends = entriesOf(tree['states']).filter(([, state]) => at(state, ['final']) !== undefined);
  return ends[0]?.[0] ?? '';
}

/** Every rule that leads somewhere: the path of the target itself. */
export function targetsOf(tree: Tree): readonly Part<string>[] {
  return rulesOf(tree).flatMap(({ path, value }): readonly Part<string>[] => {
    if (typeof value === 'string') return [{ path, value }];
    const to = isTree(value) ? value['to'] : undefined;
    return typeof to === 'string' ? [{ path: [...path, 'to'], value: to }] : [];
  });
}

/** What becomes of a formula's value. */
export type Use = 'condition' | 'value' | 'address' | 'match' | 'input';

export interface Formula extends Part<string> {
  readonly use: Use;
}

/** Every formula that is written as a text. */
export function formulasOf(tree: Tree): readonly Formula[] {
  return [
    ...entriesOf(tree['start']).flatMap(([name, start]) => writes(start, ['start', name])),
    ...entriesOf(tree['forms']).flatMap(([name, form]) => conditions(form, ['forms', name])),
    ...entriesOf(tree['decisions']).flatMap(([name, decision]) =>
      texts(at(decision, ['inputs']), ['decisions', name, 'inputs'], 'input'),
    ),
    ...statesOf(tree).flatMap(({ path, value }) => [
      ...texts(value['with'], [...path, 'with'], 'value'),
      ...texts(value['save'], [...path, 'save'], 'value'),
      ...texts(at(value, ['undo', 'with']), [...path, 'undo', 'with'], 'value'),
      ...text(at(value, ['ask', 'to']), [...path, 'ask', 'to'], 'address'),
      ...text(at(value, ['wait', 'match']), [...path, 'wait', 'match'], 'match'),
      ...['entry', 'exit'].flatMap((key) => writes(value[key], [...path, key])),
    ]),
    ...rulesOf(tree).flatMap(({ path, value }) => [
      ...text(at(value, ['when']), [...path, 'when'], 'condition'),
      ...writes(value, path),
    ]),
  ];
}

/** `when` of fields and `must` of rules, on pages or not. */
function conditions(value: Value, path: Path): readonly Formula[] {
  if (isList(value)) {
    return value.flatMap((item, index) => conditions(item, [...path, index]));
  }
  return entriesOf(value).flatMap(([name, inner]) =>
    name === 'when' || name === 'must'
      ? text(inner, [...path, name], 'condition')
      : conditions(inner, [...path, name]),
  );
}

function writes(value: Value | undefined, path: Path): readonly Formula[] {
  if (!isTree(value)) return [];
  const { send } = value;
  const to = ['send', 'to'];
  return [
    ...texts(value['set'], [...path, 'set'], 'value'),
    ...(isTree(send) ? text(send['to'], [...path, ...to], 'address') : []),
  ];
}

function texts(value: Value | undefined, path: Path, use: Use): readonly Formula[] {
  return entriesOf(value).flatMap(([name, inner]) => text(inner, [...path, name], use));
}

function text(value: Value | undefined, path: Path, use: Use): readonly Formula[] {
  return typeof value === 'string' ? [{ path, value, use }] : [];
}

/** Every field of every form, as a path alone or as a map. */
export function formFieldsOf(tree: Tree): readonly Part[] {
  return entriesOf(tree['forms']).flatMap(([name, form]) => {
    const path = ['forms', name];
    const pages = at(form, ['pages']);
    const lists: readonly (readonly [Path, Value | undefined])[] = [
      [[...path, 'fields'], at(form, ['fields'])],
      ...(isList(pages) ? pages : []).map(
        (page, index) => [[...path, 'pages', index, 'fields'], at(page, ['fields'])] as const,
      ),
    ];
    return lists.flatMap(([list, fields]) =>
      (isList(fields) ? fields : []).map((value, index) => ({ path: [...list, index], value })),
    );
  });
}
