import type { ErrorObject } from 'ajv';

type Params = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  null: 'empty',
};

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  date: 'a date like 2027-03-01',
  time: 'a time with a zone, like 09:30:00Z',
  'date-time': 'a date and time with a zone, like 2027-03-01T09:30:00Z',
  duration: 'a duration like PT3H or P2D',
  email: 'an email address like name@example.com',
  uri: 'a link that begins with http, https or mailto',
  uuid: 'an id like 5b0e0f57-2f5f-4a0e-9d5c-0c3f3c1f9b11',
  decimal: 'a decimal of at most 34 digits, like 19.90',
  regex: 'a regular expression that RE2 knows',
};

const NO_FILE = 'must be a file that was uploaded to its own field';

const SENTENCES: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${typeNames(type)}`,
  required: () => 'is required',
  dependentRequired: ({ property }) => `is required where ${text(property)} is given`,
  additionalProperties: () => 'is not expected here',
  unevaluatedProperties: () => 'is not expected here',
  unevaluatedItems: () => 'has more entries than expected',
  items: ({ limit }) => `must not have more than ${count(limit, 'entry', 'entries')}`,
  propertyNames: ({ propertyName }) =>
    `has a field with a name that is not allowed: ${text(propertyName)}`,
  enum: ({ allowedValues }) => `must be one of: ${list(allowedValues)}`,
  const: ({ allowedValue }) => `must be ${text(allowedValue)}`,
  format: ({ format }) => `must be ${FORMAT_NAMES[text(format)] ?? `a correct ${text(format)}`}`,
  pattern: ({ pattern }) => `must match the pattern ${text(pattern)}`,
  minLength: ({ limit }) => `must be at least ${count(limit, 'character', 'characters')} long`,
  maxLength: ({ limit }) => `must not be longer than ${count(limit, 'character', 'characters')}`,
  minimum: ({ limit }) => `must not be less than ${text(limit)}`,
  maximum: ({ limit }) => `must not be more than ${text(limit)}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${text(limit)}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${text(limit)}`,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${text(multipleOf)}`,
  minItems: ({ limit }) => `must have at least ${count(limit, 'entry', 'entries')}`,
  maxItems: ({ limit }) => `must not have more than ${count(limit, 'entry', 'entries')}`,
  uniqueItems: ({ i, j }) =>
    `must not repeat an entry: ${Number(j) + 1} and ${Number(i) + 1} are equal`,
  contains: ({ minContains }) => `must have at least ${text(minContains)} fitting entry`,
  minProperties: ({ limit }) => `must have at least ${count(limit, 'field', 'fields')}`,
  maxProperties: ({ limit }) => `must not have more than ${count(limit, 'field', 'fields')}`,
  anyOf: () => 'must have one of the allowed forms',
  oneOf: () => 'must have exactly one of the allowed forms',
  not: () => 'must not have this form',
  if: () => 'does not fit the condition that its type sets',
  'false schema': () => 'must not be given',
  'x-minimum': ({ limit }) => `must not be less than ${text(limit)}`,
  'x-maximum': ({ limit }) => `must not be more than ${text(limit)}`,
  'x-accept': ({ limit, isFile }) =>
    isFile === true ? `must be a file of type ${list(limit)}` : NO_FILE,
  'x-maxSize': ({ limit, isFile }) =>
    isFile === true ? `must not be bigger than ${text(limit)}` : NO_FILE,
  'x-scale': ({ limit }) =>
    `must not have more than ${count(limit, 'decimal place', 'decimal places')}`,
};

/** Says one of ajv's errors in a plain sentence without the field's name. */
export function sentenceFor(error: Pick<ErrorObject, 'keyword' | 'params' | 'message'>): string {
  const sentence = SENTENCES[error.keyword];
  return sentence === undefined ? (error.message ?? 'does not fit') : sentence(error.params);
}

function typeNames(type: unknown): string {
  const names = (Array.isArray(type) ? type : text(type).split(',')).map(text);
  return names.map((name) => TYPES[name] ?? name).join(' or ');
}

function count(limit: unknown, one: string, many: string): string {
  return `${text(limit)} ${limit === 1 ? one : many}`;
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map(text).join(', ') : text(values);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
