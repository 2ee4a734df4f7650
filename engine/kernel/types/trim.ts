import type { Json, JsonObject } from '../json.ts';
import type { Surroundings } from '../validator/references.ts';
import { resolveReference } from '../validator/references.ts';
import { isSchemaObject, subschemas } from '../validator/subschemas.ts';
import type { SchemaObject } from '../validator/subschemas.ts';
import { fieldsAlone, itemsAlone, namesAllFields } from './alone.ts';
import type { JsonSchema } from './value-type.ts';

/** Leaves out of a value the fields that its type does not know; the same value where there are none. */
export type Trim = (value: Json) => Json;

/** The locked types that a schema may refer to. */
export interface TrimTypes {
  readonly types: ReadonlyMap<string, JsonSchema>;
  /** Whether business may add fields beside those of a type. */
  readonly isExtensible: (type: string) => boolean;
}

/**
 * Makes the function that leaves out what a schema does not know. A field is left out where the schema
 * names all that an object has ({@link namesAllFields}), and the object is no value of an extensible
 * type.
 */
export function createTrim(schema: JsonSchema, { types, isExtensible }: TrimTypes): Trim {
  const known = new Map<SchemaObject, Trim>();

  function trimOf(inner: unknown, around: Surroundings, isOpen: boolean): Trim {
    if (!isSchemaObject(inner)) return asItIs;
    const made = known.get(inner);
    if (made !== undefined) return made;
    let real: Trim | undefined;
    // Types may lead back to themselves: what they are made of is looked at with the first value.
    const lazy: Trim = (value) =>
      typeof value === 'object' && value !== null
        ? (real ??= trimNow(inner, around, isOpen))(value)
        : value;
    known.set(inner, lazy);
    return lazy;
  }

  function trimNow(inner: SchemaObject, around: Surroundings, isOpen: boolean): Trim {
    const reference = inner['$ref'];
    if (typeof reference === 'string') {
      const isAlone = subschemas(inner).length === 0;
      const target = isAlone ? resolveReference(reference, around) : undefined;
      if (target === undefined) return asItIs;
      return trimOf(target.schema, target, types.has(reference) && isExtensible(reference));
    }
    const fields = fieldsAlone(inner);
    if (fields !== undefined) {
      const parts = Object.entries(fields).map(([name, field]): [string, Trim] => [
        name,
        trimOf(field, around, false),
      ]);
      return objectTrim(new Map(parts), isOpen || !namesAllFields(inner, fields));
    }
    const items = itemsAlone(inner);
    return items === undefined ? asItIs : listTrim(trimOf(items, around, false));
  }

  return trimOf(schema, { root: schema, types }, false);
}

const asItIs: Trim = (value) => value;

function objectTrim(parts: ReadonlyMap<string, Trim>, isOpen: boolean): Trim {
  return (value) => {
    if (!isObject(value)) return value;
    const entries = Object.entries(value);
    const kept = entries.flatMap(([name, field]): [string, Json][] => {
      const trim = parts.get(name);
      if (trim === undefined) return isOpen ? [[name, field]] : [];
      return [[name, trim(field)]];
    });
    const isSame =
      kept.length === entries.length && kept.every(([name, field]) => value[name] === field);
    return isSame ? value : Object.fromEntries(kept);
  };
}

function listTrim(trim: Trim): Trim {
  return (value) => {
    if (!Array.isArray(value)) return value;
    const list = value as readonly Json[];
    const kept = list.map(trim);
    return kept.every((item, index) => item === list[index]) ? list : kept;
  };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
