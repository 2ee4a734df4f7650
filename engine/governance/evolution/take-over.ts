import type { Moment } from '../../kernel/compile/case-context.ts';
import type { CheckedExpression } from '../../kernel/expressions/expression.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { resolveReference } from '../../kernel/validator/references.ts';
import type { Surroundings } from '../../kernel/validator/references.ts';
import { without } from '../../kernel/types/make-type.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import { createValidator } from '../../kernel/validator/validator.ts';
import type { Validator } from '../../kernel/validator/validator.ts';
import { earlierNames } from '../core/aliases.ts';
import type { CoreState } from '../impact/changed-core.ts';
import { referencesIn } from '../impact/references-in.ts';
import { OLD, fillsBetween, formulasBetween } from './formulas.ts';
import { evolvedTypes } from './evolved-types.ts';

/** Makes of a value of an earlier release one of a later release; the same value where nothing changes. */
export type TakeOver = (value: Json, moment: Moment) => Json;

/** Leaves every value as it is. */
export const asItWas: TakeOver = (value) => value;

/** A place in both releases: what a value is there, before and after. */
interface Place {
  readonly before: Target;
  readonly after: Target;
}

interface Target extends Surroundings {
  readonly schema: unknown;
}

/**
 * Makes the functions that take values over from one release to the next one, by the schema that they
 * have in the earlier one, with the types that it refers to. A field goes under its new name
 * (`x-alias`); then the formulas of `upcast` give fields their values; then, in a value that was whole,
 * what `upgrade.yaml` fills is filled where it is not there, and a field that is asked for and not there
 * gets its `default`. A field that is not there any more is
 * left out.
 */
export function takeOverBetween(
  before: CoreState,
  after: CoreState,
): (schema: JsonSchema) => TakeOver {
  const changed = evolvedTypes(before, after);
  if (changed.size === 0) return () => asItWas;
  const sides = { before: schemasOf(before), after: schemasOf(after) };
  const next = new Step({ before, after, sides });
  return (schema) => {
    if (!referencesIn(schema).some((name) => changed.has(name))) return asItWas;
    const place: Place = {
      before: { schema, root: schema, types: sides.before },
      after: { schema, root: schema, types: sides.after },
    };
    return (value, moment) => next.walk(place, value, moment);
  };
}

interface StepParts {
  readonly before: CoreState;
  readonly after: CoreState;
  readonly sides: Readonly<Record<'before' | 'after', ReadonlyMap<string, JsonSchema>>>;
}

/** One release after the other. */
class Step {
  readonly #parts: StepParts;
  readonly #was: Validator;
  readonly #formulas = new Map<string, TypeFormulas>();

  constructor(parts: StepParts) {
    this.#parts = parts;
    this.#was = createValidator(parts.sides.before, { areChecked: true });
  }

  walk({ before, after }: Place, value: Json, moment: Moment): Json {
    if (typeof value !== 'object' || value === null) return value;
    const [one, other] = [before.schema, after.schema];
    if (!isSchemaObject(one) || !isSchemaObject(other)) return value;
    const { $ref: reference } = one;
    if (typeof reference === 'string') {
      return this.#refer(reference, { before, after }, value, moment);
    }
    const [mine, theirs] = [one['allOf'], other['allOf']];
    const bothHave = Array.isArray(mine) && Array.isArray(theirs);
    const joined = bothHave
      ? mine.reduce<Json>(
          (now, schema: unknown, index) =>
            this.walk(inside({ before, after }, schema, theirs[index]), now, moment),
          value,
        )
      : value;
    if (isObject(joined)) return this.#object({ before, after }, joined, moment);
    if (!Array.isArray(joined)) return joined;
    const items = inside({ before, after }, one['items'], other['items']);
    return sameOr(
      joined,
      (joined as readonly Json[]).map((item) => this.walk(items, item, moment)),
    );
  }

  #refer(reference: string, { before, after }: Place, value: Json, moment: Moment): Json {
    const was = resolveReference(reference, before);
    const said = isSchemaObject(after.schema) ? after.schema['$ref'] : undefined;
    const is = typeof said === 'string' ? resolveReference(said, after) : after;
    if (was === undefined || is === undefined) return value;
    const taken = this.walk({ before: was, after: is }, value, moment);
    const isType = !reference.startsWith('#') && said === reference;
    if (!isType || !isObject(value) || !isObject(taken)) return taken;
    return this.#filled(reference, value, taken, moment);
  }

  /** The fields of an object under their new names, without those that are not there any more. */
  #object(place: Place, value: JsonObject, moment: Moment): Json {
    const { before, after } = place;
    const [mine, theirs] = [propertiesOf(before.schema), propertiesOf(after.schema)];
    if (mine === undefined || theirs === undefined) return value;
    const names = newNames(mine, theirs);
    const entries = Object.entries(value).flatMap(([name, field]): [string, Json][] => {
      const now = names.get(name) ?? name;
      if (!Object.hasOwn(mine, name)) return [[name, field]];
      if (!Object.hasOwn(theirs, now)) return [];
      return [[now, this.walk(inside(place, mine[name], theirs[now]), field, moment)]];
    });
    const isSame =
      entries.length === Object.keys(value).length &&
      entries.every(([name, field]) => value[name] === field);
    return isSame ? value : Object.fromEntries(entries);
  }

  /** What formulas and defaults add to a value of a locked type. */
  #filled(type: string, old: JsonObject, taken: JsonObject, moment: Moment): Json {
    let whole: boolean | undefined;
    const isWhole = (): boolean => (whole ??= this.#was.compile({ $ref: type })(old).length === 0);
    let now = taken;
    const valueOf = (formula: CheckedExpression): Json =>
      formula.evaluate({ variables: { [OLD]: old }, ...moment }) as Json;
    const { given, filling } = this.#formulasOf(type);
    for (const [name, formula] of given) {
      const canRead = hasWhatItReads(formula, old) || isWhole();
      const value = canRead ? valueOf(formula) : null;
      // What it was before under the same name is no value of the new field.
      now = value === null ? without(now, name) : { ...now, [name]: value };
    }
    for (const [name, formula] of filling) {
      if (isThere(now[name]) || !isWhole()) continue;
      const value = valueOf(formula);
      if (value !== null) now = { ...now, [name]: value };
    }
    const schema = this.#parts.sides.after.get(type);
    const missing = defaultsOf(schema).filter(([name]) => !Object.hasOwn(now, name));
    return missing.length > 0 && isWhole() ? { ...now, ...Object.fromEntries(missing) } : now;
  }

  #formulasOf(type: string): TypeFormulas {
    const { before, after } = this.#parts;
    const known = this.#formulas.get(type) ?? {
      given: formulasBetween(type, before, after).byField,
      filling: fillsBetween(type, before, after).byField,
    };
    this.#formulas.set(type, known);
    return known;
  }
}

/** The formulas of a type by the fields that they give a value. */
interface TypeFormulas {
  readonly given: ReadonlyMap<string, CheckedExpression>;
  /** Those for fields that are not there. */
  readonly filling: ReadonlyMap<string, CheckedExpression>;
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

/** A draft may lack what a whole value has: a formula that needs it waits until it is there. */
function hasWhatItReads({ reads }: CheckedExpression, old: JsonObject): boolean {
  return reads.every((path) => {
    const [, ...steps] = path.split('.');
    let at: Json | undefined = old;
    for (const step of steps) {
      if (at === undefined || !isObject(at)) return Array.isArray(at);
      at = at[step];
    }
    return at !== undefined && at !== null;
  });
}

/** The fields that a schema asks for and has a default for. */
function defaultsOf(schema: JsonSchema | undefined): readonly (readonly [string, Json])[] {
  const properties = propertiesOf(schema);
  const required = isSchemaObject(schema) ? schema['required'] : undefined;
  if (properties === undefined || !Array.isArray(required)) return [];
  return (required as readonly string[]).flatMap((name) => {
    const field = properties[name];
    if (!isSchemaObject(field) || !('default' in field)) return [];
    return [[name, field['default'] as Json] as const];
  });
}

/** The new names of fields, by the old ones. */
function newNames(
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  const names = [...earlierNames({ properties: theirs })].filter(
    ([name, old]) => !Object.hasOwn(mine, name) && Object.hasOwn(mine, old),
  );
  return new Map(names.map(([name, old]) => [old, name]));
}

function inside({ before, after }: Place, one: unknown, other: unknown): Place {
  return { before: { ...before, schema: one }, after: { ...after, schema: other } };
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  const properties = isSchemaObject(schema) ? schema['properties'] : undefined;
  return isSchemaObject(properties) ? properties : undefined;
}

function schemasOf({ view }: CoreState): ReadonlyMap<string, JsonSchema> {
  return new Map([...view.types].map(([name, { schema }]) => [name, schema]));
}

function sameOr(list: readonly Json[], other: readonly Json[]): Json {
  return other.every((item, index) => item === list[index]) ? list : other;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
