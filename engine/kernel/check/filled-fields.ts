import type { DataField, DataPath } from '../definition/values.ts';
import { fieldOf } from '../types/make-type.ts';
import { ITEM } from '../types/schema-at.ts';
import type { ValueType } from '../types/value-type.ts';

/** Paths of a case's data (`quote.netTotal`) that are certainly not empty. */
export type Filled = ReadonlySet<string>;

/** The mark of a task that has been completed: a fact beside the paths, which no write takes away. */
export function completion(task: string): string {
  return `${COMPLETED}${task}`;
}

/** The paths alone. */
export function withoutCompletions(filled: Filled): Filled {
  return keep(filled, (path) => !path.startsWith(COMPLETED));
}

/** Begins no data name. */
const COMPLETED = '@';

/** What every path into a place fills: the paths that are in both. */
export function meet(a: Filled | undefined, b: Filled): Filled {
  if (a === undefined || a === b) return b;
  return keep(a, (path) => b.has(path));
}

export function union(a: Filled, b: Iterable<string>): Filled {
  let both: Set<string> | undefined;
  for (const path of b) {
    if (a.has(path)) continue;
    both ??= new Set(a);
    both.add(path);
  }
  return both ?? a;
}

/** What is left when some paths are lost. */
export function without(filled: Filled, lost: Filled): Filled {
  return lost.size === 0 ? filled : keep(filled, (path) => !lost.has(path));
}

/** The paths for which something holds: the same set where that is all, as it most often is. */
function keep(filled: Filled, holds: (path: string) => boolean): Filled {
  for (const path of filled) {
    if (!holds(path)) return new Set([...filled].filter(holds));
  }
  return filled;
}

/** Tells whether writing `outer` replaces what lies at `path`. */
export function covers(outer: string, path: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

/** The data of one workflow as paths: what a write, or a form, fills and empties. */
export class FieldSpace {
  readonly #data: ReadonlyMap<string, ValueType>;
  /** Lists, and what holds one: never missing, whatever happens. */
  readonly #always = new Set<string>();

  constructor(data: readonly DataField[]) {
    this.#data = new Map(data.map((field) => [field.name, field.type]));
    for (const { name, type } of data) this.#addAlways(name, type);
  }

  /** What is present before anything happened. */
  get always(): Filled {
    return this.#always;
  }

  /** The type at a path that goes through objects, and through lists by `[]`. */
  typeAt(path: string): ValueType | undefined {
    const [name = '', ...rest] = path.split('.');
    let type = this.#data.get(name);
    for (const step of rest) type = type && stepInto(type, step);
    return type;
  }

  /** Keeps what outlives a step: what `form` or `result` had is gone with them. */
  only(filled: Filled): Filled {
    return keep(filled, (path) => path.startsWith(COMPLETED) || this.#data.has(rootOf(path)));
  }

  /** After this path was emptied. */
  cleared(filled: Filled, target: DataPath): Filled {
    const path = target.join('.');
    return keep(filled, (one) => this.#always.has(one) || !covers(path, one));
  }

  /** After a whole value was written here: it has all that its type requires. */
  filledWhole(filled: Filled, target: DataPath): Filled {
    const path = target.join('.');
    const after = new Set([...this.cleared(filled, target), ...parentsOf(target)]);
    const type = this.typeAt(path);
    if (type !== undefined) fillRequired(after, path, type);
    return after;
  }

  /** After a value of this type was written here. */
  assigned(filled: Filled, target: DataPath, value: ValueType): Filled {
    const path = target.join('.');
    const after = new Set(this.cleared(filled, target));
    const type = this.typeAt(path);
    if (value.mayBeEmpty || type === undefined) return after;
    for (const parent of parentsOf(target)) after.add(parent);
    fillLike(after, path, type, value);
    return after;
  }

  #addAlways(path: string, type: ValueType): void {
    if (type.kind === 'list' || !type.mayBeEmpty) this.#always.add(path);
    if (type.kind !== 'object') return;
    for (const name of type.required) {
      const field = type.fields[name];
      const inner = `${path}.${name}`;
      if (field !== undefined) this.#addAlways(inner, field);
      if (this.#always.has(inner)) this.#always.add(path);
    }
  }
}

function stepInto(type: ValueType, step: string): ValueType | undefined {
  if (step === ITEM) return type.kind === 'list' ? type.of : undefined;
  return fieldOf(type, step);
}

function fillRequired(after: Set<string>, path: string, type: ValueType): void {
  after.add(path);
  if (type.kind !== 'object') return;
  for (const name of type.required) {
    const field = type.fields[name];
    if (field !== undefined) fillRequired(after, `${path}.${name}`, field);
  }
}

function fillLike(after: Set<string>, path: string, type: ValueType, value: ValueType): void {
  after.add(path);
  if (type.kind === 'list' && value.kind === 'list') {
    fillLike(after, `${path}.${ITEM}`, type.of, value.of);
  }
  if (type.kind !== 'object' || value.kind !== 'object') return;
  for (const [name, field] of Object.entries(type.fields)) {
    const given = fieldOf(value, name);
    if (given?.mayBeEmpty === false) fillLike(after, `${path}.${name}`, field, given);
  }
}

/** The data field that a path begins with. */
export function rootOf(path: string): string {
  const end = path.indexOf('.');
  return end === -1 ? path : path.slice(0, end);
}

/** `a.b.c` lies in `a.b` and in `a`. */
function parentsOf(target: DataPath): string[] {
  return target.slice(1).map((_, index) => target.slice(0, index + 1).join('.'));
}
