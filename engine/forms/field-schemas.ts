import type { CoreView } from '../kernel/core-view.ts';
import type { DataField, DataPath } from '../kernel/definition/values.ts';
import type { FormField } from '../kernel/definition/form.ts';
import { textIn } from './label.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import { fieldsOf } from './schema-facets.ts';
import type { SelfContained } from './self-contained.ts';
import { isSchemaObject, selfContained } from './self-contained.ts';

/** Finds the schema of what a form names; references are written out once for each data field. */
export interface FieldSchemas {
  /** The schema of a path into the case's data. */
  at(target: DataPath): SelfContained;
  /** The schema of what a form asks for: of the case's data, or of the form alone. */
  of(field: FormField): SelfContained;
}

/**
 * Makes the lookup for the data of one workflow, or for the items that a form is filled for; what is
 * not among these fields is looked up in `further`.
 */
export function fieldSchemas(
  fields: readonly DataField[],
  core: CoreView,
  language?: string,
  further?: FieldSchemas,
): FieldSchemas {
  const known = new Map<string, SelfContained>();
  const root = (name: string): SelfContained => {
    const field = fields.find((candidate) => candidate.name === name);
    if (field === undefined) return further?.at([name]) ?? NO_FIELD;
    const whole = selfContained(field.schema, core.types);
    if (!whole.ok || field.title === undefined) return whole;
    return { ok: true, schema: titled(whole.schema, textIn(field.title, language)) };
  };
  const at = ([name = '', ...rest]: DataPath): SelfContained => {
    const whole = known.get(name) ?? root(name);
    known.set(name, whole);
    return rest.reduce(fieldIn, whole);
  };
  return {
    at,
    of: (field) =>
      field.own === undefined ? at(field.target) : selfContained(field.own.schema, core.types),
  };
}

const NO_FIELD: SelfContained = { ok: false, reason: 'the workflow has no such data field' };

function fieldIn(holder: SelfContained, name: string): SelfContained {
  if (!holder.ok) return holder;
  const fields = fieldsOf(holder.schema);
  const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return schema === undefined
    ? { ok: false, reason: `there is no field "${name}" in it` }
    : { ok: true, schema };
}

function titled(schema: JsonSchema, title: string): JsonSchema {
  return isSchemaObject(schema) ? { ...schema, title } : { title };
}
