import { parse, stringify } from 'yaml';
import type { Path } from '../../engine/kernel/problem.ts';

/** A workflow as plain data: what YAML makes of its text. */
export type Value = string | number | boolean | null | readonly Value[] | Tree;
export interface Tree {
  readonly [key: string]: Value;
}

export function readTree(text: string): Tree {
  return parse(text) as Tree;
}

export function writeTree(tree: Tree): string {
  return stringify(tree, { lineWidth: 0, aliasDuplicateObjects: false });
}

export function isTree(value: Value | undefined): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The names and values of a map; none of anything else. */
export function entriesOf(value: Value | undefined): readonly (readonly [string, Value])[] {
  return isTree(value) ? Object.entries(value) : [];
}

/** What stands at a path. */
export function at(tree: Value, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((value, step) => {
    if (isList(value)) return value[Number(step)];
    return isTree(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
  }, tree);
}

/** The text at a path; `undefined` where something else stands there. */
export function textAt(tree: Value, path: Path): string | undefined {
  const found = at(tree, path);
  return typeof found === 'string' ? found : undefined;
}

/** A copy with another value at a path; a new key comes last. */
export function put(tree: Tree, path: Path, value: Value): Tree {
  return changed(tree, path, () => value) as Tree;
}

/** A copy without what stands at a path. */
export function cut(tree: Tree, path: Path): Tree {
  const key = path.at(-1);
  return changed(tree, path.slice(0, -1), (outer) => {
    if (isList(outer)) return outer.filter((_, index) => index !== key);
    return Object.fromEntries(entriesOf(outer).filter(([name]) => name !== key));
  }) as Tree;
}

/** A copy in which the last name of a path is another one, at the same place among its neighbours. */
export function rename(tree: Tree, path: Path, to: string): Tree {
  const from = path.at(-1);
  return changed(tree, path.slice(0, -1), (outer) =>
    Object.fromEntries(entriesOf(outer).map(([name, value]) => [name === from ? to : name, value])),
  ) as Tree;
}

function changed(
  value: Value | undefined,
  [step, ...rest]: Path,
  change: (value: Value | undefined) => Value,
): Value {
  if (step === undefined) return change(value);
  if (isList(value)) {
    return value.map((item, index) => (index === step ? changed(item, rest, change) : item));
  }
  const outer = isTree(value) ? value : {};
  return { ...outer, [step]: changed(outer[String(step)], rest, change) };
}

/** Every text in a tree, with the path that leads to it. */
export function textsIn(value: Value, path: Path = []): readonly { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (isList(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  return entriesOf(value).flatMap(([name, inner]) => textsIn(inner, [...path, name]));
}
