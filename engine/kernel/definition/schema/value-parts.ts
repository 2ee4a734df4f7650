import { Type } from '@sinclair/typebox';
import type { Json } from '../../json.ts';
import { LEVELS } from '../../classification.ts';
import { KINDS } from '../../types/value-type.ts';
import {
  DATA_NAME,
  DELAY,
  DATA_PATH,
  FILE_SIZE,
  INPUT_NAME,
  LANGUAGE,
  MEDIA_TYPE,
  TAG,
  TYPE,
} from './patterns.ts';

/** A union of literal texts. */
function oneOf<T extends string>(values: readonly T[], description?: string) {
  return Type.Unsafe<T>({
    enum: [...values],
    ...(description === undefined ? {} : { description }),
  });
}

const bound = (description: string) =>
  Type.Optional(Type.Union([Type.Number(), Type.String()], { description }));

/** What an inline type may say of its values, beside its kind. */
export const FACETS = {
  minLength: Type.Optional(Type.Integer({ minimum: 0, description: 'The fewest characters' })),
  maxLength: Type.Optional(Type.Integer({ minimum: 0, description: 'The most characters' })),
  minimum: bound('The least value'),
  maximum: bound('The greatest value'),
  pattern: Type.Optional(Type.String({ description: 'A regular expression (RE2)' })),
  choices: Type.Optional(
    Type.Array(Type.Union([Type.String(), Type.Number()]), { minItems: 1, maxItems: 200 }),
  ),
  accept: Type.Optional(
    Type.Array(Type.String({ pattern: MEDIA_TYPE }), {
      minItems: 1,
      maxItems: 20,
      description: 'The media types that are taken of a file (Default: all)',
    }),
  ),
  maxSize: Type.Optional(
    Type.String({ pattern: FILE_SIZE, description: 'How big a file may be (Default: 10 MB)' }),
  ),
  of: Type.Optional(Type.Ref('InlineType')),
  fields: Type.Optional(Type.Ref('InlineFields')),
  classification: Type.Optional(
    Type.Union([oneOf(LEVELS), Type.Array(Type.String({ pattern: TAG }), { minItems: 1 })], {
      description: 'How sensitive it is: a level, or [level, tag, …] (Default: public)',
    }),
  ),
};

export const KIND = oneOf(KINDS, 'The kind of value');

/** The parts of the language that stand for values. */
export const VALUE_PARTS = {
  Text: Type.Union([
    Type.String({ minLength: 1, maxLength: 2000 }),
    Type.Record(
      Type.String({ pattern: LANGUAGE }),
      Type.String({ minLength: 1, maxLength: 2000 }),
      {
        additionalProperties: false,
        minProperties: 1,
      },
    ),
  ]),
  Literal: Type.Object({ value: Type.Unsafe<Json>({}) }, { additionalProperties: false }),
  Expression: Type.Union([
    Type.String({ minLength: 1, maxLength: 4000 }),
    Type.Number(),
    Type.Boolean(),
    Type.Ref('Literal'),
  ]),
  Delay: Type.String({ pattern: DELAY, description: '14 days, 2 hours, 8 business hours' }),
  Set: Type.Record(Type.String({ pattern: DATA_PATH }), Type.Ref('Expression'), {
    additionalProperties: false,
    description: 'data field: expression',
  }),
  With: Type.Record(Type.String({ pattern: INPUT_NAME }), Type.Ref('Expression'), {
    additionalProperties: false,
    description: 'input: expression',
  }),
  InlineType: Type.Object(
    { kind: KIND, title: Type.Optional(Type.Ref('Text')), ...FACETS },
    { additionalProperties: false },
  ),
  InlineFields: Type.Record(Type.String({ pattern: DATA_NAME }), Type.Ref('InlineType'), {
    additionalProperties: false,
    minProperties: 1,
  }),
  DataField: Type.Object(
    {
      kind: KIND,
      title: Type.Optional(Type.Ref('Text')),
      ...FACETS,
      default: Type.Optional(Type.Unsafe<Json>({ description: 'Fills the field at the start' })),
    },
    { additionalProperties: false },
  ),
  ExtendedType: Type.Object(
    {
      type: Type.String({ pattern: TYPE, description: 'A locked type that may be added to' }),
      title: Type.Optional(Type.Ref('Text')),
      fields: Type.Record(Type.String({ pattern: DATA_NAME }), Type.Ref('InlineType'), {
        additionalProperties: false,
        minProperties: 1,
        description: 'Fields of this workflow beside those of the type',
      }),
    },
    { additionalProperties: false },
  ),
  Data: Type.Record(
    Type.String({ pattern: DATA_NAME }),
    Type.Union([Type.String({ pattern: TYPE }), Type.Ref('DataField'), Type.Ref('ExtendedType')]),
    { additionalProperties: false, description: 'What a case carries' },
  ),
};
