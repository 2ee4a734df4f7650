import type { Assignment, DataField, DataPath } from '../definition/values.ts';
import { TrellisError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ResolveType } from '../types/schema-at.ts';
import { ITEM, schemaAt } from '../types/schema-at.ts';
import type { Trim } from '../types/trim.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';
import type { Validate } from '../validator/schema-error.ts';
import type { Validator } from '../validator/validator.ts';
import type { Moment } from './case-context.ts';
import type { Formula, Variables } from './formula.ts';
import { compileFormula } from './formula.ts';
import { withPart } from './with-part.ts';

/**
 * Compiled assignments to a case's data: all read the data as they were before. Those to an item
 * need its number.
 */
export type Writes = (
  data: JsonObject,
  values: Readonly<Record<string, unknown>>,
  moment: Moment,
  item?: number,
) => JsonObject;

interface CompiledWrite {
  readonly target: DataPath;
  readonly formula: Formula;
  readonly place: WritePlace;
}

/** A field that is written: what fits it, and what of a value it keeps. */
interface WritePlace {
  readonly validate: Validate;
  readonly trim: Trim;
}

/** What writing to data needs of the core. */
export interface WriteParts {
  readonly resolve: ResolveType;
  readonly validator: Validator;
  /** Leaves out of a value what a schema does not know. */
  readonly trimOf: (schema: JsonSchema) => Trim;
}

/** Compiles `set` and `save`; remembers what fits each field that is written. */
export class WriteCompiler {
  readonly #fields: ReadonlyMap<string, DataField>;
  readonly #parts: WriteParts;
  readonly #places = new Map<string, WritePlace>();

  constructor(fields: readonly DataField[], parts: WriteParts) {
    this.#fields = new Map(fields.map((field) => [field.name, field]));
    this.#parts = parts;
  }

  compile(assignments: readonly Assignment[], variables: Variables): Writes {
    if (assignments.length === 0) return (data) => data;
    const writes: CompiledWrite[] = assignments.map(({ target, value }) => ({
      target,
      formula: compileFormula(value, variables, this.#typeAt(target)),
      place: this.#placeAt(target),
    }));
    return (data, values, moment, item) => {
      let next = data;
      for (const { target, formula, place } of writes) {
        const value = place.trim(formula(values, moment));
        if (value !== null) refuseUnfit(target, place.validate(value));
        next = put(next, ofItem(target, item), value);
      }
      return next;
    };
  }

  #typeAt(target: DataPath): ValueType | undefined {
    const [name = '', ...rest] = target;
    let type: ValueType | undefined = this.#fields.get(name)?.type;
    for (const step of rest) type = type && stepInto(type, step);
    return type;
  }

  /** The validator of the field at a data path, made once. */
  validatorAt(target: DataPath): Validate {
    return this.#placeAt(target).validate;
  }

  /** A value as the field at a data path keeps it: without what its type does not know. */
  keptAt(target: DataPath, value: Json): Json {
    return this.#placeAt(target).trim(value);
  }

  #placeAt(target: DataPath): WritePlace {
    const key = target.join('.');
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const { resolve, validator, trimOf } = this.#parts;
    const [name = '', ...rest] = target;
    const schema = schemaAt(this.#fields.get(name)?.schema ?? true, rest, resolve) ?? true;
    const place = { validate: validator.compile(schema), trim: trimOf(schema) };
    this.#places.set(key, place);
    return place;
  }
}

function stepInto(type: ValueType, step: string): ValueType | undefined {
  if (step === ITEM) return type.kind === 'list' ? type.of : undefined;
  return type.kind === 'object' ? type.fields[step] : undefined;
}

/** The path into one item. */
function ofItem(target: DataPath, item: number | undefined): DataPath {
  return item === undefined ? target : target.map((step) => (step === ITEM ? String(item) : step));
}

/**
 * Puts a value at a path without changing the original; `null` takes the field away. An item of a
 * list is named by its number; one that is not there stays so.
 */
export function put(data: JsonObject, [name, ...rest]: DataPath, value: Json): JsonObject {
  if (name === undefined) return data;
  if (rest.length > 0) {
    const inner = data[name];
    if (Array.isArray(inner)) return withPart(data, name, putIn(inner, rest, value));
    return withPart(data, name, put(isObject(inner) ? inner : {}, rest, value));
  }
  if (value !== null) return withPart(data, name, value);
  return Object.fromEntries(Object.entries(data).filter(([key]) => key !== name));
}

function putIn(list: readonly Json[], [step, ...rest]: DataPath, value: Json): readonly Json[] {
  const item = list[Number(step)];
  if (item === undefined) return list;
  return list.with(
    Number(step),
    isObject(item) && rest.length > 0 ? put(item, rest, value) : value,
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Refuses a value that does not fit its field.
 * @throws `TrellisError` with code `data-unfit`.
 */
export function refuseUnfit(target: DataPath, errors: ReturnType<Validate>): void {
  const [error] = errors;
  if (error === undefined) return;
  const field = `${target.join('.')}${error.pointer.replaceAll('/', '.')}`;
  throw new TrellisError('data-unfit', `The value for "${field}" ${error.message}.`, {
    field,
    errors,
  });
}
