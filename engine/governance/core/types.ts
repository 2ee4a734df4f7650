import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { aliasFaults } from './aliases.ts';
import type { Fault } from './fault.ts';
import { unknownName } from './fault.ts';
import { wordsBeside } from './record-words.ts';
import { upcastFaults, upcastSchema } from './upcast.ts';

const FIELD = '^[a-z][A-Za-z0-9]{0,49}$';
const MODES = ['backward', 'forward', 'full'] as const;

const ObjectSchema = Type.Unsafe<Exclude<JsonSchema, boolean>>({ type: 'object' });
const Fields = Type.Union([
  Type.String({ pattern: FIELD }),
  Type.Array(Type.String({ pattern: FIELD }), { minItems: 1, maxItems: 10, uniqueItems: true }),
]);

/** The meta-schema of `types/NAME.yaml`. */
export const typeFileSchema = Type.Object(
  {
    type: Type.String({ pattern: '^[A-Z][A-Za-z0-9]{0,49}$' }),
    version: Type.Integer({ minimum: 1 }),
    title: Type.String({ minLength: 1, maxLength: 100 }),
    owner: Type.String({ minLength: 1, maxLength: 100 }),
    /** What a later release may change: held against when a release is proposed. */
    compatibility: Type.Unsafe<string>({
      enum: ['none', 'frozen', ...MODES.flatMap((mode) => [mode, `${mode}-transitive`])],
    }),
    /** `here`, or the system that owns it, which this is a copy of. */
    source: Type.String({ pattern: '^[a-z][a-z0-9-]{0,49}$' }),
    /** The field, or fields, that tell one record from another. */
    key: Fields,
    /** Fields beside the key that no two records share. */
    unique: Type.Optional(Fields),
    /** Whether workflows may add fields of their own beside its fields. */
    extensible: Type.Boolean(),
    /** How a value of the version before becomes one of this. (Default: by aliases and defaults alone) */
    upcast: Type.Optional(upcastSchema),
    schema: ObjectSchema,
  },
  { additionalProperties: false },
);

/** A locked type as IT wrote it. */
export type TypeFile = Static<typeof typeFileSchema>;

/** Tells the faults of a type file, beyond those of its schema. */
export function typeFaults(file: TypeFile): readonly Fault[] {
  const properties = file.schema['properties'];
  if (file.schema['type'] !== 'object' || typeof properties !== 'object' || properties === null)
    return [
      {
        code: 'type-object',
        path: ['schema'],
        message: 'The schema of a type must have "type: object" and "properties".',
      },
    ];
  const names = Object.keys(properties);
  const required = [file.schema['required'] ?? []].flat();
  const unknown = [...fieldsAt('key', file.key), ...fieldsAt('unique', file.unique ?? [])]
    .filter(({ name }) => !names.includes(name))
    .map(({ name, path }) => unknownName('field', name, names, path));
  const optional = fieldsAt('key', file.key)
    .filter(({ name }) => names.includes(name) && !required.includes(name))
    .map(({ name, path }) => ({
      code: 'key-optional',
      path,
      message: `"${name}" is the key, so it must stand under "required".`,
    }));
  return [
    ...unknown,
    ...optional,
    ...reservedFaults(file, names),
    ...closedFaults(file),
    ...aliasFaults(file.schema, ['schema']),
    ...upcastFaults(file),
  ];
}

/** What the operations on records ask for besides fields cannot be the name of a field as well. */
function reservedFaults(file: TypeFile, names: readonly string[]): readonly Fault[] {
  return [...wordsBeside(file)]
    .filter(([name]) => names.includes(name))
    .map(([name, does]) => ({
      code: 'record-field-name',
      path: ['schema', 'properties', name],
      message: `"${name}" is what records.${file.type}.${does} takes beside the fields. Call the field something else.`,
    }));
}

/** A closed type would refuse every value with a field beside its own. */
function closedFaults({ extensible, schema }: TypeFile): readonly Fault[] {
  if (!extensible) return [];
  return ['additionalProperties', 'unevaluatedProperties']
    .filter((keyword) => schema[keyword] === false)
    .map((keyword) => ({
      code: 'extensible-closed',
      path: ['schema', keyword],
      message: `A type that may be added to takes fields that it does not know. Take "${keyword}: false" out, or write "extensible: false".`,
    }));
}

function fieldsAt(
  key: string,
  fields: string | readonly string[],
): readonly { readonly name: string; readonly path: (string | number)[] }[] {
  return typeof fields === 'string'
    ? [{ name: fields, path: [key] }]
    : fields.map((name, index) => ({ name, path: [key, index] }));
}
