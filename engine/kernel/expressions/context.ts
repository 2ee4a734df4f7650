import type { ValueType } from '../types/value-type.ts';
import type { Flow } from './flow.ts';
import type { Node } from './node.ts';
import type { FieldRead, Scope } from './expression.ts';
import type { Syntax } from './parse.ts';

/** Keys of paths that are known to be present; `'all'` where everything is taken to be. */
export type Facts = ReadonlySet<string> | 'all';

/** The name of a list's item inside `lines.all(l, …)`. */
export interface Local {
  readonly slot: number;
  readonly type: ValueType;
  /** The flows that reading the field `path` of the item brings, the item itself for `[]`. */
  flowsAt(path: readonly string[], type: ValueType): readonly Flow[];
}

/** What is shared by the whole check of one expression. */
export interface Shared {
  readonly source: string;
  readonly scope: Scope;
  /** Paths of the scope's variables that were read so far. */
  readonly reads: Set<string>;
  /** The fields of locked types that were named so far. */
  readonly fields: FieldRead[];
  slots: number;
}

/** What holds at one part of an expression. */
export interface Context {
  readonly shared: Shared;
  readonly facts: Facts;
  readonly locals: ReadonlyMap<string, Local>;
  /** True inside `round(…)`, where decimals may be divided. */
  readonly insideRound: boolean;
  /** Checks another part; `wanted` is the type that a numeral or a text written there takes. */
  check(syntax: Syntax, context: Context, wanted?: ValueType): Node;
}

/** The same context where more paths are known to be present. */
export function withFacts(context: Context, keys: readonly string[]): Context {
  if (context.facts === 'all' || keys.length === 0) return context;
  return { ...context, facts: withPrefixes(keys, context.facts) };
}

/** Paths that are present make the objects that hold them present too. */
export function withPrefixes(
  keys: Iterable<string>,
  base: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const all = new Set(base);
  for (const key of keys) {
    let end = key.length;
    while (end > 0 && !all.has(key.slice(0, end))) {
      all.add(key.slice(0, end));
      end = key.lastIndexOf('.', end - 1);
    }
  }
  return all;
}

/** Tells whether a path is known to be present. */
export function isPresent(facts: Facts, key: string): boolean {
  return facts === 'all' || facts.has(key);
}

/** The source of a part, as its author wrote it. */
export function sourceOf(context: Context, place: { from: number; to: number }): string {
  return context.shared.source.slice(place.from, place.to);
}
