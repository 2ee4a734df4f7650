import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Path } from '../../kernel/problem.ts';
import { casesOf } from './branch-rules.ts';
import type { Conjunct } from './conjuncts.ts';
import { conjunctsOf } from './conjuncts.ts';
import { fieldPlaces, namedFields } from './fields.ts';
import { written } from './finding.ts';
import { choicesOf, kindsOf } from './json-kinds.ts';
import type { JsonKind } from './json-kinds.ts';
import { fileSamples } from './file-samples.ts';
import { itemAt } from './list-rules.ts';
import { requiredOf } from './object-rules.ts';
import { numberSamples, textSamples } from './scalar-samples.ts';
import type { Side } from './side.ts';
import { unusedName } from './unused-name.ts';

/** Deeper parts of a value are left out. */
const DEEPEST = 8;
/** Fields of fields are varied to this depth. */
const DEEPEST_EDGES = 2;
/** A longer list is no example to be read. */
const MOST_ITEMS = 210;
/** Makes values that may fit schemas of one side, the simplest first. */
export class Samples {
  readonly #side: Side;

  constructor(side: Side) {
    this.#side = side;
  }

  /** Values that fit `from` and lie at the edges of what it and `against` take. */
  *edges(from: readonly Conjunct[], against: readonly Conjunct[], depth = 0): Generator<Json> {
    for (const some of withCases(from)) {
      const choices = some.flatMap((one) => choicesOf(one) ?? []);
      yield* choices;
      if (choices.length > 0) continue;
      const kinds = kindsOf(some);
      for (const kind of kinds) yield* this.#edgesOf(kind, some, against, depth);
    }
  }

  /** Values of `from` with one part put in place of their own. */
  *around(from: readonly Conjunct[], at: Path, part: Json, depth = 0): Generator<Json> {
    const [step, ...rest] = at;
    if (step === undefined) {
      yield part;
      return;
    }
    for (const some of withCases(from)) {
      const inner = typeof step === 'number' ? itemOf(some, step) : fieldOf(some, step);
      for (const value of this.#first(this.around(inner, rest, part, depth + 1), 3)) {
        const whole =
          typeof step === 'number'
            ? this.#listWith(some, step, value, depth)
            : this.#objectWith(some, { [step]: value }, depth);
        if (whole !== undefined) yield whole;
      }
    }
  }

  *#edgesOf(
    kind: JsonKind,
    from: readonly Conjunct[],
    against: readonly Conjunct[],
    depth: number,
  ): Generator<Json> {
    switch (kind) {
      case 'null':
        yield null;
        return;
      case 'boolean':
        yield* [true, false];
        return;
      case 'integer':
      case 'fraction':
        yield* numberSamples([...from, ...against]).filter(
          (one) => Number.isInteger(one) === (kind === 'integer'),
        );
        return;
      case 'string':
        yield* textSamples([...from, ...against]);
        return;
      case 'array':
        yield* this.#lists(from, against, depth);
        return;
      case 'object':
        yield* this.#objects(from, against, depth);
    }
  }

  *#lists(from: readonly Conjunct[], against: readonly Conjunct[], depth: number): Generator<Json> {
    const sizes = ['minItems', 'maxItems', 'minContains', 'maxContains']
      .flatMap((keyword) => written([...from, ...against], keyword).map(Number))
      .flatMap((size) => [size, size + 1, size - 1]);
    for (const size of new Set([0, 1, 2, ...sizes])) {
      if (size < 0 || size > MOST_ITEMS) continue;
      const list = this.#list(from, size, depth);
      if (list !== undefined) yield list;
      const [first] = list ?? [];
      if (first !== undefined) yield Array.from({ length: size }, () => first);
    }
  }

  *#objects(
    from: readonly Conjunct[],
    against: readonly Conjunct[],
    depth: number,
  ): Generator<Json> {
    const names = [...new Set([...from, ...against].flatMap(namedFields))];
    const least = this.#objectWith(from, {}, depth);
    if (least !== undefined) yield least;
    yield* fileSamples([...from, ...against]);
    if (depth >= DEEPEST_EDGES) return;
    const full: Record<string, Json> = {};
    for (const name of [...names, unusedName([...from, ...against])]) {
      const inner = fieldOf(from, name);
      const values = this.#first(this.edges(inner, fieldOf(against, name), depth + 1), 40);
      const [some] = values.filter((value) => this.#fits(inner, value));
      if (names.includes(name) && some !== undefined) full[name] = some;
      for (const value of values) {
        const whole = this.#objectWith(from, { [name]: value }, depth);
        if (whole !== undefined) yield whole;
      }
    }
    const whole = this.#objectWith(from, full, depth);
    if (whole !== undefined) yield whole;
    for (const limit of written([...from, ...against], 'maxProperties').map(Number)) {
      for (const size of [limit, limit + 1]) {
        const sized = this.#objectWith(from, {}, depth, size);
        if (sized !== undefined) yield sized;
      }
    }
  }

  /** The simplest value, where one is found. */
  #simplest(from: readonly Conjunct[], depth: number): Json | undefined {
    if (depth > DEEPEST) return undefined;
    for (const some of withCases(from)) {
      for (const choice of some.flatMap((one) => choicesOf(one) ?? [])) {
        if (this.#fits(from, choice)) return choice;
      }
      for (const kind of simplestFirst(kindsOf(some))) {
        for (const value of this.#plainOf(kind, some, depth)) {
          if (this.#fits(from, value)) return value;
        }
      }
    }
    return undefined;
  }

  *#plainOf(kind: JsonKind, from: readonly Conjunct[], depth: number): Generator<Json> {
    if (kind === 'array') {
      const list = this.#list(from, Math.max(0, ...written(from, 'minItems').map(Number)), depth);
      if (list !== undefined) yield list;
    } else if (kind === 'object') {
      const least = this.#objectWith(from, {}, depth);
      if (least !== undefined) yield least;
      yield* fileSamples(from);
    } else {
      yield* this.#edgesOf(kind, from, [], depth);
    }
  }

  #list(from: readonly Conjunct[], size: number, depth: number): readonly Json[] | undefined {
    const list: Json[] = [];
    const isUnique = written(from, 'uniqueItems').includes(true);
    for (let index = 0; index < size; index += 1) {
      const items = itemOf(from, index);
      const item = isUnique ? this.#another(items, list) : this.#simplest(items, depth + 1);
      if (item === undefined) return undefined;
      list.push(item);
    }
    return list;
  }

  #another(items: readonly Conjunct[], list: readonly Json[]): Json | undefined {
    const taken = new Set(list.map((item) => JSON.stringify(item)));
    for (const value of this.edges(items, [], DEEPEST_EDGES)) {
      if (!taken.has(JSON.stringify(value)) && this.#fits(items, value)) return value;
    }
    return undefined;
  }

  #listWith(from: readonly Conjunct[], index: number, item: Json, depth: number): Json | undefined {
    const least = Math.max(index + 1, ...written(from, 'minItems').map(Number));
    if (least > MOST_ITEMS) return undefined;
    const list = this.#list(from, least, depth);
    // Where no other item is known, the one that is asked for may stand alone.
    if (list === undefined) return least === 1 ? [item] : undefined;
    return list.map((one, position) => (position === index ? item : one));
  }

  #objectWith(
    from: readonly Conjunct[],
    given: JsonObject,
    depth: number,
    size = 0,
  ): JsonObject | undefined {
    if (depth > DEEPEST) return undefined;
    const fields: Record<string, Json> = { ...given };
    const least = Math.max(size, ...written(from, 'minProperties').map(Number));
    const add = (name: string, isNeeded: boolean): boolean => {
      if (Object.hasOwn(fields, name)) return true;
      const value = this.#simplest(fieldOf(from, name), depth + 1);
      if (value !== undefined) fields[name] = value;
      return value !== undefined || !isNeeded;
    };
    const needed = new Set(requiredOf(from));
    for (const name of Object.keys(given)) for (const one of goesWith(from, name)) needed.add(one);
    for (const name of needed) {
      if (!add(name, true)) return undefined;
      for (const one of goesWith(from, name)) needed.add(one);
    }
    for (const name of [...from.flatMap(namedFields), ...spareNames(from, least)]) {
      if (Object.keys(fields).length < least) add(name, false);
    }
    return fields;
  }

  #fits(conjuncts: readonly Conjunct[], value: Json): boolean {
    return conjuncts.every((one) => this.#side.fits(one, value) !== false);
  }

  #first<T>(values: Iterable<T>, most: number): readonly T[] {
    const found: T[] = [];
    for (const value of values) {
      found.push(value);
      if (found.length >= most) break;
    }
    return found;
  }
}

/** The fields that must be there with another one. */
function goesWith(from: readonly Conjunct[], name: string): readonly string[] {
  const lists = written(from, 'dependentRequired') as Readonly<Record<string, string[]>>[];
  return lists.flatMap((list) => list[name] ?? []);
}

/** Names of fields that are named nowhere, to fill an object up. */
function spareNames(from: readonly Conjunct[], most: number): readonly string[] {
  const spare = unusedName(from);
  return Array.from({ length: Math.min(most, MOST_ITEMS) }, (_, index) =>
    index === 0 ? spare : `${spare}${index}`,
  );
}

/** Texts and numbers say more than nothing, lists and objects. */
const ORDER: readonly JsonKind[] = ['string', 'integer', 'fraction', 'boolean', 'object', 'array'];

function simplestFirst(kinds: ReadonlySet<JsonKind>): readonly JsonKind[] {
  return [...ORDER, 'null' as const].filter((kind) => kinds.has(kind));
}

/** The cases of a choice, or all as one where there is none. */
function withCases(from: readonly Conjunct[], splits = 0): readonly (readonly Conjunct[])[] {
  const cases = casesOf(from, splits);
  return cases === undefined ? [from] : cases.flatMap((one) => withCases(one, splits + 1));
}

function fieldOf(from: readonly Conjunct[], name: string): readonly Conjunct[] {
  return conjunctsOf(from.flatMap((one) => fieldPlaces(one, name)));
}

function itemOf(from: readonly Conjunct[], index: number): readonly Conjunct[] {
  return conjunctsOf(from.flatMap((one) => itemAt(one, index) ?? []));
}
