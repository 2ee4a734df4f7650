import { leavesOf } from '../../kernel/types/classify.ts';
import { typeFromSchema } from '../../kernel/types/from-schema.ts';
import { fieldOf } from '../../kernel/types/make-type.ts';
import type { JsonSchema, ValueType } from '../../kernel/types/value-type.ts';
import type { RecordOperation, RecordsConnector, RecordWork } from '../connector-manifest.ts';
import { AT_MOST, IF_VERSION, ON, RECORDS, isOwnedHere, isReference } from './record-words.ts';
import type { TypeFile } from './types.ts';

/** The most records that `find` answers, and how many it does unless asked otherwise. */
const MOST_FOUND = 1000;

/** Kinds of which one value has one spelling, so that records can be looked for by it. */
const FINDABLE: readonly ValueType['kind'][] = [
  ...(['text', 'number', 'whole number', 'yes/no', 'date', 'one of'] as const),
];

/** Makes the operations on the records of every type that is owned here, or has a table. */
export function recordsConnector(types: ReadonlyMap<string, TypeFile>): RecordsConnector {
  const kept = [...types.values()].filter((file) => isOwnedHere(file) || isReference(file));
  const operations = kept.flatMap((file) => operationsOn(file, types));
  return {
    ...{ connector: RECORDS, kind: 'records', title: 'Records' },
    operations: Object.fromEntries(operations),
  };
}

function operationsOn(
  file: TypeFile,
  types: ReadonlyMap<string, TypeFile>,
): readonly (readonly [string, RecordOperation])[] {
  const { type: name, title, schema } = file;
  const type = typeFromSchema(schema, (other) => types.get(other)?.schema, { typeName: name });
  const key = [file.key].flat();
  const unique = [file.unique ?? []].flat();
  const parts = partsOf(file);
  const fields = Object.keys(parts);
  const keys = fields.filter((field) => key.includes(field));
  const findable = fields.filter((field) =>
    FINDABLE.includes(fieldOf(type, field)?.kind ?? 'empty'),
  );
  const tags = leavesOf(type).flatMap((leaf) => leaf.type.classification.tags);
  const make = (
    does: RecordWork['does'],
    what: string,
    io: Pick<RecordOperation, 'input' | 'output'>,
  ): readonly [string, RecordOperation] => [
    `${name}.${does}`,
    {
      title: `${what}: ${title}`,
      effect: does === 'create' || does === 'update' ? 'write' : 'read',
      ...io,
      clearance: { upTo: 'restricted', tags: [...new Set(tags)] },
      delivery: 'idempotent',
      record: { type: name, does, from: isReference(file) ? 'table' : 'store', key, unique },
    },
  ];
  const input = (names: readonly string[], required: readonly string[], more: object = {}) => ({
    ...closed({ ...only(parts, names), ...more }, required),
    ...(schema['$defs'] !== undefined && { $defs: withoutSelf(schema['$defs'], name) }),
  });
  const whole = { $ref: name };
  const one = closed({ record: whole, version: WHOLE }, ['record', 'version']);
  const several = { type: 'array', items: whole, maxItems: MOST_FOUND };
  const count = { type: 'integer', minimum: 1, maximum: MOST_FOUND };
  if (isReference(file)) {
    const day = { [ON]: { type: 'string', format: 'date' } };
    return [
      make('find', 'Find', {
        input: input(findable, [], { ...day, [AT_MOST]: count }),
        output: closed({ records: several }, ['records']),
      }),
      make('get', 'Get', {
        input: input(keys, keys, day),
        output: closed({ record: whole }, ['record']),
      }),
    ];
  }
  return [
    make('find', 'Find', {
      input: input(findable, [], { [AT_MOST]: count }),
      output: closed({ records: several }, ['records']),
    }),
    make('get', 'Get', { input: input(keys, keys), output: one }),
    make('create', 'Create', { input: closed({ record: whole }, ['record']), output: one }),
    make('update', 'Change', {
      input: input(fields, keys, { [IF_VERSION]: WHOLE }),
      output: one,
    }),
  ];
}

const WHOLE = { type: 'integer', minimum: 1 };

function closed(properties: object, required: readonly string[]) {
  return { type: 'object', required, properties, additionalProperties: false } as const;
}

function only<T>(parts: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => names.includes(name)));
}

/** The schemas of a type's fields, as they mean the same outside of it. */
function partsOf({ type, schema }: TypeFile): Readonly<Record<string, JsonSchema>> {
  return withoutSelf(schema['properties'], type) as Record<string, JsonSchema>;
}

/** Names the type where a schema inside it says `$ref: '#'`. */
function withoutSelf(part: unknown, type: string): unknown {
  if (Array.isArray(part)) return part.map((one) => withoutSelf(one, type));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]: [string, unknown]) => [
      name,
      name === '$ref' && value === '#' ? type : withoutSelf(value, type),
    ]),
  );
}
