import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { checkExpression } from '../../kernel/expressions/check.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { isSchemaObject, subschemas } from '../../kernel/validator/subschemas.ts';
import type { Validator } from '../../kernel/validator/validator.ts';
import type { Path } from '../../kernel/problem.ts';
import type { Fault } from './fault.ts';
import { unknownName } from './fault.ts';

/** `upcast` of a type: how a value of the version before becomes one of this. */
export const upcastSchema = Type.Object(
  {
    /** The version whose values the formulas read. */
    from: Type.Integer({ minimum: 1 }),
    /** Formulas over `old` by the fields that they give a value. */
    fields: Type.Record(
      Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,49}$' }),
      Type.String({ minLength: 1, maxLength: 1000 }),
      { minProperties: 1 },
    ),
  },
  { additionalProperties: false },
);

export type Upcast = Static<typeof upcastSchema>;

interface Upcasting {
  readonly version: number;
  readonly schema: JsonSchema;
  readonly upcast?: Upcast;
}

/** Tells what is wrong with an `upcast` by itself; what its formulas read is the version before. */
export function upcastFaults({ version, schema, upcast }: Upcasting): readonly Fault[] {
  if (upcast === undefined) return [];
  const properties = isSchemaObject(schema) ? schema['properties'] : undefined;
  const names = Object.keys(isSchemaObject(properties) ? properties : {});
  const { from, fields } = upcast;
  const outOfTurn: Fault = {
    code: 'upcast-version',
    path: ['upcast', 'from'],
    message: `This is version ${version}, so what it is made from is version ${version - 1}, not ${from}. Raise "version" with the change; take "upcast" out with the next one.`,
  };
  return [
    ...(from === version - 1 ? [] : [outOfTurn]),
    ...Object.entries(fields).flatMap(([name, source]): readonly Fault[] => {
      const path = ['upcast', 'fields', name];
      if (!names.includes(name)) return [unknownName('field', name, names, path)];
      return syntaxFaults(source, path);
    }),
  ];
}

/** What it names is not known here; whether it can be read at all is. */
function syntaxFaults(source: string, path: Path): readonly Fault[] {
  const checked = checkExpression(source, { variables: {}, present: new Set() });
  if (checked.ok) return [];
  return checked.problems
    .filter(({ code }) => code === 'syntax')
    .map(({ code, message }) => ({ code, path, message }));
}

/** Tells which fields have a default that would be refused as their value. */
export function defaultFaults(
  schema: unknown,
  validator: Validator,
  path: Path = ['schema'],
): readonly Fault[] {
  if (!isSchemaObject(schema)) return [];
  const inside = subschemas(schema).flatMap(({ path: steps, schema: inner }) =>
    defaultFaults(inner, validator, [...path, ...steps]),
  );
  // One that refers to definitions of its type cannot be held against anything by itself.
  if (!('default' in schema) || JSON.stringify(schema).includes('"#')) return inside;
  const { default: value, ...rest } = schema;
  if (validator.check(rest).length > 0) return inside;
  const [wrong] = validator.compile(rest)(value);
  if (wrong === undefined) return inside;
  const message = `The default ${wrong.message}, as this schema says. Give a value that fits, or none.`;
  return [...inside, { code: 'default-wrong', path: [...path, 'default'], message }];
}
