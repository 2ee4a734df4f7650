import { Type } from '@sinclair/typebox';
import { BODY_FILE, DATA_NAME, DATA_PATH, LABEL, OPERATION } from './patterns.ts';
import { OUTSIDERS, PEOPLE } from './people-parts.ts';
import { FACETS, KIND } from './value-parts.ts';

const WIDGETS = ['text', 'textarea', 'email', 'tel', 'number', 'radios', 'select', 'date'] as const;

const HITS = ['first', 'unique', 'any', 'priority', 'collect'] as const;

/** A cell, or one value of a result. */
const RESULT = Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()]);

/** The parts of the language that people meet: starts, forms, decisions and messages. */
export const FORM_PARTS = {
  People: Type.Object(PEOPLE, { additionalProperties: false }),
  Audience: Type.Union([OUTSIDERS, Type.Ref('People')]),
  Start: Type.Object(
    {
      form: Type.Optional(Type.String({ pattern: LABEL })),
      audience: Type.Optional(Type.Ref('Audience')),
      run: Type.Optional(
        Type.Array(Type.String({ pattern: DATA_NAME }), {
          maxItems: 50,
          description: 'The data fields that a calling workflow gives',
        }),
      ),
      api: Type.Optional(
        Type.Array(Type.String({ pattern: DATA_PATH }), {
          maxItems: 50,
          description: 'The data fields that a program gives, by the API',
        }),
      ),
      message: Type.Optional(
        Type.String({ pattern: OPERATION, description: 'A message from another system' }),
      ),
      schedule: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'Times: minute, hour, day of the month, month, day of the week',
        }),
      ),
      zone: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          description: 'Whose clocks show the times of `schedule` (Default: the company’s)',
        }),
      ),
      save: Type.Optional(Type.Ref('Set')),
      set: Type.Optional(Type.Ref('Set')),
      once: Type.Optional(Type.Ref('Expression')),
    },
    { additionalProperties: false },
  ),
  Starts: Type.Record(Type.String({ pattern: LABEL }), Type.Ref('Start'), {
    additionalProperties: false,
    minProperties: 1,
    description: 'Ways to start a case',
  }),
  Column: Type.Object(
    {
      field: Type.String({ pattern: DATA_NAME }),
      required: Type.Optional(
        Type.Boolean({ description: 'Must be filled in every item (Default: as its type says)' }),
      ),
    },
    { additionalProperties: false },
  ),
  FormField: Type.Object(
    {
      field: Type.String({ pattern: DATA_PATH }),
      required: Type.Optional(Type.Boolean({ description: 'Must be filled (Default: false)' })),
      title: Type.Optional(Type.Ref('Text')),
      hint: Type.Optional(Type.Ref('Text')),
      widget: Type.Optional(Type.Unsafe<(typeof WIDGETS)[number]>({ enum: [...WIDGETS] })),
      columns: Type.Optional(
        Type.Array(Type.Union([Type.String({ minLength: 1 }), Type.Ref('Column')]), {
          minItems: 1,
          maxItems: 20,
          description: 'Of a list: the fields of an item that are asked for',
        }),
      ),
      when: Type.Optional(Type.Ref('Expression')),
      kind: Type.Optional(KIND),
      ...FACETS,
    },
    { additionalProperties: false },
  ),
  FormFields: Type.Array(Type.Union([Type.String({ pattern: DATA_PATH }), Type.Ref('FormField')]), {
    maxItems: 100,
  }),
  FormPage: Type.Object(
    { title: Type.Optional(Type.Ref('Text')), fields: Type.Ref('FormFields') },
    { additionalProperties: false },
  ),
  FormRule: Type.Object(
    {
      must: Type.Ref('Expression'),
      say: Type.Ref('Text'),
      at: Type.Optional(Type.String({ pattern: DATA_PATH })),
    },
    { additionalProperties: false },
  ),
  Outcomes: Type.Record(Type.String({ pattern: LABEL }), Type.Ref('Text'), {
    additionalProperties: false,
    minProperties: 1,
    description: 'outcome: what its button says',
  }),
  Form: Type.Object(
    {
      title: Type.Optional(Type.Ref('Text')),
      audience: Type.Optional(Type.Ref('Audience')),
      show: Type.Optional(
        Type.Array(Type.String({ pattern: DATA_PATH }), {
          maxItems: 50,
          description: 'Data fields that are shown, not asked for',
        }),
      ),
      pages: Type.Optional(Type.Array(Type.Ref('FormPage'), { minItems: 1, maxItems: 20 })),
      fields: Type.Optional(Type.Ref('FormFields')),
      outcomes: Type.Optional(Type.Ref('Outcomes')),
      rules: Type.Optional(Type.Array(Type.Ref('FormRule'), { maxItems: 50 })),
      summary: Type.Optional(Type.Boolean({ description: 'Check your answers before sending' })),
      saveAndReturn: Type.Optional(Type.Ref('Delay')),
    },
    { additionalProperties: false },
  ),
  Forms: Type.Record(Type.String({ pattern: LABEL }), Type.Ref('Form'), {
    additionalProperties: false,
  }),
  DecisionRule: Type.Record(Type.String({ pattern: DATA_NAME }), RESULT, {
    additionalProperties: false,
  }),
  DecisionDefault: Type.Record(Type.String({ pattern: DATA_NAME }), RESULT, {
    additionalProperties: false,
    description: 'What comes out where no rule holds: every output',
  }),
  Collect: Type.Object(
    {
      sum: Type.Optional(Type.String({ pattern: DATA_NAME })),
      min: Type.Optional(Type.String({ pattern: DATA_NAME })),
      max: Type.Optional(Type.String({ pattern: DATA_NAME })),
      count: Type.Optional(
        Type.Union([Type.Literal(true), Type.String({ pattern: DATA_NAME })], {
          description: 'How many rules hold',
        }),
      ),
    },
    { additionalProperties: false, minProperties: 1, maxProperties: 1 },
  ),
  Decision: Type.Object(
    {
      hit: Type.Optional(
        Type.Unsafe<(typeof HITS)[number]>({
          enum: [...HITS],
          description: 'Which of the rules that hold is taken (Default: first)',
        }),
      ),
      collect: Type.Optional(Type.Ref('Collect')),
      inputs: Type.Record(Type.String({ pattern: DATA_NAME }), Type.Ref('Expression'), {
        additionalProperties: false,
        minProperties: 1,
      }),
      outputs: Type.Ref('InlineFields'),
      rules: Type.Array(Type.Ref('DecisionRule'), { minItems: 1, maxItems: 500 }),
      default: Type.Optional(Type.Ref('DecisionDefault')),
    },
    { additionalProperties: false },
  ),
  Decisions: Type.Record(Type.String({ pattern: LABEL }), Type.Ref('Decision'), {
    additionalProperties: false,
  }),
  Message: Type.Object(
    { subject: Type.Ref('Text'), body: Type.String({ pattern: BODY_FILE }) },
    { additionalProperties: false },
  ),
  Messages: Type.Record(Type.String({ pattern: LABEL }), Type.Ref('Message'), {
    additionalProperties: false,
  }),
};
