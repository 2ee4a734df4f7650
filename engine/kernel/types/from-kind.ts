import type { Classification, Level } from '../classification.ts';
import { LEVELS, PUBLIC, join } from '../classification.ts';
import { ACCEPT_ANY, MOST_SIZE } from '../values/media.ts';
import { fileOf } from './file-type.ts';
import { objectOf, oneOf, plain, withEmptiness } from './make-type.ts';
import { raise } from './classify.ts';
import type { JsonSchema, Kind, ValueType } from './value-type.ts';

/** A type as an author writes it in place: `{ kind: text, maxLength: 2000 }`. */
export interface InlineType {
  readonly kind: Kind;
  readonly title?: string | Readonly<Record<string, string>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly pattern?: string;
  readonly choices?: readonly (string | number)[];
  readonly of?: InlineType;
  readonly fields?: Readonly<Record<string, InlineType>>;
  readonly accept?: readonly string[];
  readonly maxSize?: string;
  /** A level, or a list of a level and tags. */
  readonly classification?: Level | readonly string[];
}

export interface TypeWithSchema {
  /** The type of a whole value. */
  readonly type: ValueType;
  readonly schema: JsonSchema;
}

type Keywords = Readonly<Record<string, unknown>>;

/**
 * Makes the type of an inline type and the JSON Schema that its values are held against. What its
 * kind has no use for is left out: the reader of the workflow refuses that before.
 */
export function typeFromKind(inline: InlineType): TypeWithSchema {
  const { type, schema } = MAKERS[inline.kind](inline);
  const { title } = inline;
  const classification = classificationOf(inline);
  return {
    type: classification === undefined ? type : raise(type, classification),
    schema: {
      ...(typeof title === 'string' && { title }),
      ...schema,
      ...(classification !== undefined && { 'x-classification': classification.level }),
      ...(classification !== undefined &&
        classification.tags.length > 0 && { 'x-tags': classification.tags }),
    },
  };
}

function classificationOf({ classification }: InlineType): Classification | undefined {
  if (classification === undefined) return undefined;
  const words = typeof classification === 'string' ? [classification] : classification;
  const levelOf = (word: string): Level | undefined => LEVELS.find((level) => level === word);
  return words.reduce((all, word) => {
    const level = levelOf(word);
    return join(all, level === undefined ? { level: 'public', tags: [word] } : { level, tags: [] });
  }, PUBLIC);
}

interface Made {
  readonly type: ValueType;
  readonly schema: Keywords;
}

const MAKERS: Readonly<Record<Kind, (inline: InlineType) => Made>> = {
  text: (inline) => ({
    type: plain('text'),
    schema: {
      type: 'string',
      ...given('minLength', inline.minLength),
      ...given('maxLength', inline.maxLength),
      ...given('pattern', inline.pattern),
    },
  }),
  number: (inline) => ({
    type: plain('number'),
    schema: { type: 'number', ...limits(inline, '') },
  }),
  'whole number': (inline) => ({
    type: plain('whole number'),
    schema: { type: 'integer', ...limits(inline, '') },
  }),
  decimal: (inline) => ({
    type: plain('decimal'),
    schema: { type: 'string', format: 'decimal', ...limits(inline, 'x-') },
  }),
  'yes/no': () => ({ type: plain('yes/no'), schema: { type: 'boolean' } }),
  date: () => formatted('date', 'date'),
  'date-time': () => formatted('date-time', 'date-time'),
  duration: () => formatted('duration', 'duration'),
  file: ({ accept = ACCEPT_ANY, maxSize = MOST_SIZE }) => ({
    type: fileOf(accept, maxSize),
    schema: { type: 'object', 'x-accept': accept, 'x-maxSize': maxSize },
  }),
  'one of': ({ choices = [] }) => ({ type: oneOf(choices), schema: { enum: choices } }),
  list: makeList,
  object: makeObject,
};

function makeList({ of, minLength, maxLength }: InlineType): Made {
  const items = typeFromKind(of ?? { kind: 'text' });
  return {
    type: {
      kind: 'list',
      of: items.type,
      mayBeEmpty: false,
      classification: items.type.classification,
    },
    schema: {
      type: 'array',
      items: items.schema,
      ...given('minItems', minLength),
      ...given('maxItems', maxLength),
    },
  };
}

/** The fields of an inline object are all optional: the language has no word for required ones. */
function makeObject({ fields = {} }: InlineType): Made {
  const made = Object.entries(fields).map(([name, field]) => [name, typeFromKind(field)] as const);
  const types = made.map(([name, { type }]) => [name, withEmptiness(type, true)] as const);
  const type = objectOf(Object.fromEntries(types));
  return {
    type: types.reduce((object, [, field]) => holding(object, field), type),
    schema: {
      type: 'object',
      properties: Object.fromEntries(made.map(([name, { schema }]) => [name, schema])),
      additionalProperties: false,
    },
  };
}

/** An object is as sensitive as all that it holds. */
function holding(object: ValueType, field: ValueType): ValueType {
  return { ...object, classification: join(object.classification, field.classification) };
}

function formatted(kind: 'date' | 'date-time' | 'duration', format: string): Made {
  return { type: plain(kind), schema: { type: 'string', format } };
}

function limits({ minimum, maximum }: InlineType, prefix: '' | 'x-'): Keywords {
  return { ...given(`${prefix}minimum`, minimum), ...given(`${prefix}maximum`, maximum) };
}

function given(keyword: string, value: unknown): Keywords {
  return value === undefined ? {} : { [keyword]: value };
}
