import fc from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;

const NAMES = ['a', 'b', 'c', 'd'];
const WORDS = ['red', 'green', 'blue', 'a', 'b'];
const small = fc.integer({ min: 0, max: 4 });

/** Is there once in so many times. */
function optional<T>(arbitrary: fc.Arbitrary<T>, times = 3): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, arbitrary);
}

function without(record: Schema): Schema {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function record(parts: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Schema> {
  return fc.record(parts).map(without);
}

const text = record({
  type: fc.constant('string'),
  minLength: optional(small),
  maxLength: optional(fc.integer({ min: 3, max: 8 })),
  pattern: optional(fc.constantFrom('^[a-z]+$', '^[A-Z][0-9]{1,3}$', '^a')),
});
const format = record({
  type: fc.constant('string'),
  format: fc.constantFrom('date', 'email', 'uuid'),
});
const decimal = record({
  type: fc.constant('string'),
  format: fc.constant('decimal'),
  'x-minimum': optional(fc.constantFrom('0', '1.50', 2)),
  'x-maximum': optional(fc.constantFrom('10', '99.99')),
  'x-scale': optional(small),
});
const number = record({
  type: fc.constantFrom('integer', 'number', ['integer', 'null'], ['number', 'string']),
  minimum: optional(fc.integer({ min: -3, max: 3 })),
  exclusiveMinimum: optional(fc.constantFrom(-1, 0, 0.5)),
  maximum: optional(fc.integer({ min: 4, max: 9 })),
  exclusiveMaximum: optional(fc.constantFrom(5, 9.5)),
  multipleOf: optional(fc.constantFrom(1, 2, 0.5, 3)),
});
const choice = fc.oneof(
  fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }).map((list) => ({ enum: list })),
  fc.constantFrom('red', 1, null, true).map((value) => ({ const: value })),
  fc.constant({ type: 'boolean' }),
);

const { schema: anySchema, object } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    text,
    format,
    decimal,
    number,
    choice,
    fc.constantFrom({ $ref: 'Other' }, { $ref: '#/$defs/part' }),
    tie('object'),
    record({
      type: fc.constant('array'),
      items: optional(tie('schema')),
      prefixItems: optional(fc.tuple(tie('schema'))),
      minItems: optional(small.map((size) => size % 3)),
      maxItems: optional(fc.integer({ min: 1, max: 4 })),
    }).map(fixList),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((list) => ({ anyOf: list })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((list) => ({ oneOf: list })),
  ),
  object: record({
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3 }),
    required: optional(fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 })),
    additionalProperties: optional(fc.oneof(fc.constant(false), tie('schema'))),
    patternProperties: optional(fc.record({ '^x': tie('schema') }), 8),
    minProperties: optional(small, 8),
    maxProperties: optional(small, 8),
    dependentRequired: optional(fc.constant({ a: ['b'] }), 8),
    allOf: optional(fc.constant([{ type: 'object', required: ['a'] }]), 8),
  }),
}));

/** `prefixItems` is only taken with the length of the list. */
function fixList(list: Schema): Schema {
  const { prefixItems, ...rest } = list;
  if (prefixItems === undefined) return rest;
  return { ...rest, prefixItems, minItems: 1, items: false };
}

const whole = fc
  .record({ object, part: anySchema })
  .map(({ object: schema, part }): Schema => ({ ...schema, $defs: { part: localTo(part) } }));

/** A definition that refers to itself for the same value is refused: here none refers to another. */
function localTo(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/part', 'Other')) as Schema;
}

/** Names a part of a schema and what is put there instead. */
const change = fc.record({ at: fc.nat(), by: fc.oneof(anySchema, fc.constant(undefined)) });

/** A schema, and what became of it by one to three changes. */
export const schemaPairs: fc.Arbitrary<readonly [Schema, Schema]> = fc.oneof(
  { weight: 3, arbitrary: changedPairs() },
  { weight: 1, arbitrary: fc.tuple(whole, whole) },
);

/** Types by name, as they were and as they are: `Main` may refer to `Other`. */
export interface TypesPair {
  readonly before: ReadonlyMap<string, Schema>;
  readonly after: ReadonlyMap<string, Schema>;
}

export const typesPairs: fc.Arbitrary<TypesPair> = fc
  .tuple(schemaPairs, schemaPairs)
  .map(([[main, mainAfter], [other, otherAfter]]) => ({
    before: new Map([
      ['Main', main],
      ['Other', plain(other)],
    ]),
    after: new Map([
      ['Main', mainAfter],
      ['Other', plain(otherAfter)],
    ]),
  }));

function plain(schema: Schema): Schema {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"$ref":"Other"', '"type":"boolean"'),
  ) as Schema;
}

function changedPairs(): fc.Arbitrary<readonly [Schema, Schema]> {
  return fc
    .tuple(whole, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([schema, changes]) => [
      schema,
      changes.reduce((now, { at, by }) => changed(now, at, by), schema),
    ]);
}

type Slot = readonly [holder: Record<string, unknown>, key: string];

function changed(schema: Schema, at: number, by: Schema | undefined): Schema {
  const copy = structuredClone(schema) as Record<string, unknown>;
  const slots = slotsOf(copy);
  const slot = slots[at % slots.length];
  if (slot === undefined) return copy;
  const [holder, key] = slot;
  const value = holder[key];
  if (typeof value === 'number') holder[key] = value + ((at % 3) - 1);
  else if (Array.isArray(value) && value.length > 1) holder[key] = value.slice(1);
  else if (by === undefined || typeof value !== 'object') Reflect.deleteProperty(holder, key);
  else if (!Array.isArray(value)) holder[key] = by;
  return copy;
}

function slotsOf(holder: Record<string, unknown>): readonly Slot[] {
  return Object.entries(holder).flatMap(([key, value]): readonly Slot[] => {
    if (key === '$defs') return [];
    const isMap = key === 'properties' || key === 'patternProperties';
    const inner =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? slotsOf(value as Record<string, unknown>)
        : [];
    return key === 'type' || isMap ? inner : [[holder, key], ...inner];
  });
}
