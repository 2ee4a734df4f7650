/** A change of one schema, and the rules that it breaks each way (`?`: it cannot be shown). */
export interface Pair {
  readonly name: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly backward: readonly string[];
  readonly forward: readonly string[];
}

type Schema = Readonly<Record<string, unknown>>;

const CLOSED = { additionalProperties: false };
const TEXT = { type: 'string' };

function object(properties: Schema, more: Schema = {}): Schema {
  return { type: 'object', properties, ...more };
}

function pair(
  name: string,
  before: Schema,
  after: Schema,
  backward: readonly string[],
  forward: readonly string[],
): Pair {
  return { name, before, after, backward, forward };
}

/** The same, of the field `f` of an object that is closed. */
function field(
  name: string,
  before: Schema,
  after: Schema,
  backward: readonly string[],
  forward: readonly string[],
): Pair {
  return pair(
    name,
    object({ f: before }, CLOSED),
    object({ f: after }, CLOSED),
    backward.map((rule) => `f ${rule}`),
    forward.map((rule) => `f ${rule}`),
  );
}

const WHOLE = { type: 'integer' };
const NUMBER = { type: 'number' };
const DECIMAL = { type: 'string', format: 'decimal' };
const LIST = { type: 'array' };

/** Pairs that were thought through by hand. */
export const PAIRS: readonly Pair[] = [
  // Fields
  pair('the same', object({ f: TEXT }), object({ f: TEXT }), [], []),
  pair('a title', object({ f: TEXT }), object({ f: { ...TEXT, title: 'F' } }), [], []),
  pair(
    'a class',
    object({ f: TEXT }),
    object({ f: { ...TEXT, 'x-classification': 'internal' } }),
    [],
    [],
  ),
  pair(
    'made required',
    object({ f: TEXT }),
    object({ f: TEXT }, { required: ['f'] }),
    ['f required'],
    [],
  ),
  pair(
    'made optional',
    object({ f: TEXT }, { required: ['f'] }),
    object({ f: TEXT }),
    [],
    ['f required'],
  ),
  pair('added, closed', object({}, CLOSED), object({ f: TEXT }, CLOSED), [], ['f field-removed']),
  pair('removed, closed', object({ f: TEXT }, CLOSED), object({}, CLOSED), ['f field-removed'], []),
  pair('added, open', object({}), object({ f: TEXT }), ['f field-added'], []),
  pair('removed, open', object({ f: TEXT }), object({}), [], ['f field-added']),
  pair('added without a type, open', object({}), object({ f: true as never }), [], []),
  pair(
    'added required, closed',
    object({}, CLOSED),
    object({ f: TEXT }, { ...CLOSED, required: ['f'] }),
    ['f required'],
    ['f field-removed'],
  ),
  pair(
    'added required, open',
    object({}),
    object({ f: TEXT }, { required: ['f'] }),
    ['f required', 'f field-added'],
    [],
  ),
  pair(
    'renamed, closed',
    object({ f: TEXT }, CLOSED),
    object({ g: TEXT }, CLOSED),
    ['f field-removed'],
    ['g field-removed'],
  ),
  pair('closed', object({ f: TEXT }), object({ f: TEXT }, CLOSED), ['anotherField closed'], []),
  pair('opened', object({ f: TEXT }, CLOSED), object({ f: TEXT }), [], ['anotherField closed']),
  pair(
    'others of a type',
    object({ f: TEXT }),
    object({ f: TEXT }, { additionalProperties: TEXT }),
    ['anotherField type'],
    [],
  ),
  pair(
    'named among others of its type',
    object({}, { additionalProperties: TEXT }),
    object({ f: TEXT }, { additionalProperties: TEXT }),
    [],
    [],
  ),
  pair(
    'named among others of another type',
    object({}, { additionalProperties: TEXT }),
    object({ f: WHOLE }, { additionalProperties: TEXT }),
    ['f type'],
    ['f type'],
  ),
  pair(
    'closed by unevaluated',
    object({}),
    object({}, { unevaluatedProperties: false }),
    ['anotherField closed'],
    [],
  ),
  pair(
    'closed in another way',
    object({ f: TEXT }, CLOSED),
    object({ f: TEXT }, { unevaluatedProperties: false }),
    [],
    [],
  ),
  pair('few fields', object({}), object({}, { maxProperties: 1 }), ['field-count'], []),
  pair('some field', object({}), object({}, { minProperties: 1 }), ['field-count'], []),
  pair(
    'some field where one is required',
    object({ f: TEXT }, { required: ['f'] }),
    object({ f: TEXT }, { required: ['f'], minProperties: 1 }),
    [],
    [],
  ),
  pair(
    'goes with another',
    object({ f: TEXT, g: TEXT }),
    object({ f: TEXT, g: TEXT }, { dependentRequired: { f: ['g'] } }),
    ['f depends'],
    [],
  ),
  pair(
    'names by a pattern',
    object({}),
    object({}, { propertyNames: { type: 'string', pattern: '^[a-z]' } }),
    ['field-names?'],
    [],
  ),
  pair(
    'fields by a pattern',
    object({}),
    object({}, { patternProperties: { '^n': NUMBER } }),
    ['n type'],
    [],
  ),
  // Types
  field('whole to any number', WHOLE, NUMBER, [], ['type']),
  field('text to number', TEXT, NUMBER, ['type'], ['type']),
  field('or nothing', TEXT, { type: ['string', 'null'] }, [], ['type']),
  field('anything', TEXT, {}, [], ['type']),
  field('nothing at all', TEXT, { not: {} }, ['exclusion'], []),
  // Choices
  field('choice added', { enum: ['a'] }, { enum: ['a', 'b'] }, [], ['enum']),
  field('choice removed', { enum: ['a', 'b'] }, { enum: ['a'] }, ['enum'], []),
  field('choices in another order', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, [], []),
  field('a choice of text', TEXT, { enum: ['a'] }, ['enum'], []),
  field('another constant', { const: 1 }, { const: 2 }, ['enum'], ['enum']),
  field('a constant as a choice', { const: 1 }, { enum: [1] }, [], []),
  field('yes and no as choices', { type: 'boolean' }, { enum: [true, false] }, [], []),
  field('choices that fit a length', { enum: ['a'] }, { ...TEXT, maxLength: 1 }, [], ['enum']),
  field(
    'choices that do not',
    { enum: ['a', 'bc'] },
    { ...TEXT, maxLength: 1 },
    ['type'],
    ['enum'],
  ),
  // Numbers
  field('minimum', NUMBER, { ...NUMBER, minimum: 0 }, ['lower-bound'], []),
  field(
    'minimum raised',
    { ...NUMBER, minimum: 0 },
    { ...NUMBER, minimum: 1 },
    ['lower-bound'],
    [],
  ),
  field(
    'minimum without its edge',
    { ...NUMBER, minimum: 0 },
    { ...NUMBER, exclusiveMinimum: 0 },
    ['lower-bound'],
    [],
  ),
  field(
    'the same edge of whole numbers',
    { ...WHOLE, minimum: 1 },
    { ...WHOLE, exclusiveMinimum: 0 },
    [],
    [],
  ),
  field(
    'maximum lowered',
    { ...NUMBER, maximum: 9 },
    { ...NUMBER, maximum: 8 },
    ['upper-bound'],
    [],
  ),
  field(
    'maximum without its edge',
    { ...NUMBER, maximum: 9 },
    { ...NUMBER, exclusiveMaximum: 9 },
    ['upper-bound'],
    [],
  ),
  field(
    'finer steps',
    { ...NUMBER, multipleOf: 1 },
    { ...NUMBER, multipleOf: 0.5 },
    [],
    ['multiple'],
  ),
  field(
    'other steps',
    { ...NUMBER, multipleOf: 2 },
    { ...NUMBER, multipleOf: 3 },
    ['multiple'],
    ['multiple'],
  ),
  field('steps of whole numbers', WHOLE, { ...WHOLE, multipleOf: 1 }, [], []),
  // Decimals
  field('decimal from', DECIMAL, { ...DECIMAL, 'x-minimum': '0' }, ['lower-bound'], []),
  field(
    'decimal from less',
    { ...DECIMAL, 'x-minimum': '0' },
    { ...DECIMAL, 'x-minimum': '-1' },
    [],
    ['lower-bound'],
  ),
  field(
    'the same decimal written otherwise',
    { ...DECIMAL, 'x-minimum': '1.0' },
    { ...DECIMAL, 'x-minimum': 1 },
    [],
    [],
  ),
  field(
    'decimal up to',
    { ...DECIMAL, 'x-maximum': '9' },
    { ...DECIMAL, 'x-maximum': '8.99' },
    ['upper-bound'],
    [],
  ),
  field('fewer places', { ...DECIMAL, 'x-scale': 3 }, { ...DECIMAL, 'x-scale': 2 }, ['scale'], []),
  field('number to decimal', NUMBER, DECIMAL, ['type'], ['type']),
  // Texts
  field('shorter', { ...TEXT, maxLength: 9 }, { ...TEXT, maxLength: 8 }, ['length'], []),
  field('longer', { ...TEXT, minLength: 1 }, { ...TEXT, minLength: 2 }, ['length'], []),
  field('pattern', TEXT, { ...TEXT, pattern: '^[A-Z]{2}$' }, ['pattern'], []),
  field(
    'another pattern',
    { ...TEXT, pattern: '^a+$' },
    { ...TEXT, pattern: '^b+$' },
    ['pattern'],
    ['pattern'],
  ),
  field(
    'a pattern of more',
    { ...TEXT, pattern: '^a{2}$' },
    { ...TEXT, pattern: '^a{2,3}$' },
    ['pattern?'],
    ['pattern'],
  ),
  field('format', TEXT, { ...TEXT, format: 'email' }, ['format'], []),
  field(
    'another format',
    { ...TEXT, format: 'date' },
    { ...TEXT, format: 'uuid' },
    ['format'],
    ['format'],
  ),
  // Lists
  field('some entries', LIST, { ...LIST, minItems: 1 }, ['list-size'], []),
  field('fewer entries', { ...LIST, maxItems: 3 }, { ...LIST, maxItems: 2 }, ['list-size'], []),
  field('entries of a type', { ...LIST, items: NUMBER }, { ...LIST, items: WHOLE }, ['0 type'], []),
  field(
    'no entry twice',
    { ...LIST, maxItems: 3 },
    { ...LIST, maxItems: 3, uniqueItems: true },
    ['unique-items'],
    [],
  ),
  field(
    'one entry alone',
    { ...LIST, maxItems: 1 },
    { ...LIST, maxItems: 1, uniqueItems: true },
    [],
    [],
  ),
  field('a certain entry', LIST, { ...LIST, contains: TEXT }, ['contains'], []),
  // Files
  field(
    'fewer kinds of files',
    { type: 'object', 'x-accept': ['image/*', 'application/pdf'] },
    { type: 'object', 'x-accept': ['application/pdf', 'image/png'] },
    ['media'],
    [],
  ),
  field(
    'smaller files',
    { type: 'object', 'x-accept': ['application/pdf'], 'x-maxSize': '10 MB' },
    { type: 'object', 'x-accept': ['application/pdf'], 'x-maxSize': '5 MB' },
    ['media'],
    [],
  ),
  // Branches
  field('one more form', { anyOf: [TEXT] }, { anyOf: [TEXT, NUMBER] }, [], ['branches']),
  field('forms as one', { anyOf: [WHOLE, NUMBER] }, NUMBER, [], []),
  field('exactly one of apart', { oneOf: [TEXT] }, { oneOf: [TEXT, NUMBER] }, [], ['branches']),
  field(
    'exactly one of two alike',
    { oneOf: [WHOLE] },
    { oneOf: [WHOLE, NUMBER] },
    ['branches'],
    ['branches'],
  ),
  field('all of', TEXT, { allOf: [TEXT, { ...TEXT, maxLength: 3 }] }, ['length'], []),
  field(
    'the same in parts',
    { ...TEXT, maxLength: 3 },
    { allOf: [{ ...TEXT, maxLength: 3 }] },
    [],
    [],
  ),
  field(
    'not',
    { type: ['string', 'number'] },
    { type: ['string', 'number'], not: NUMBER },
    ['exclusion'],
    [],
  ),
  field('not what it never was', TEXT, { type: ['string', 'null'], not: { type: 'null' } }, [], []),
  field(
    'a condition',
    NUMBER,
    { ...NUMBER, if: { type: 'number', minimum: 5 }, then: { type: 'number', maximum: 9 } },
    ['condition'],
    [],
  ),
];
