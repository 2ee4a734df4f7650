/** The test cases beside a workflow: their JSON Schema and their types from one source. */
import { Type } from '@sinclair/typebox';
import type { Static, TSchema } from '@sinclair/typebox';

const closed = { additionalProperties: false } as const;
const Words = Type.Array(Type.String());
const OneOrMore = <T extends TSchema>(one: T) => Type.Union([one, Type.Array(one)]);

const By = Type.Union([
  Type.Object({ role: Type.Optional(Type.String()), id: Type.Optional(Type.String()) }, closed),
  Type.Union([Type.Literal('public'), Type.Literal('customer'), Type.Literal('api')]),
]);

const CodeOrAny = Type.Union([Type.String(), Type.Literal(true)]);

export const Expectation = Type.Object(
  {
    /** Where the case is: a state's path, or one for each region. */
    state: Type.Optional(OneOrMore(Type.String())),
    /** Values by data path; `null` for empty. */
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    sent: Type.Optional(Words),
    notSent: Type.Optional(Words),
    /** Operations, in this order, among those called since the step before. */
    called: Type.Optional(Words),
    notCalled: Type.Optional(Words),
    /** The code by which the step is refused; `true` for whatever code. */
    refused: Type.Optional(CodeOrAny),
    /** The code of an incident that the step opens; `true` for whatever code. */
    incident: Type.Optional(CodeOrAny),
  },
  closed,
);

const expecting = { expect: Type.Optional(Expectation) };
const values = Type.Record(Type.String(), Type.Unknown());

export const TestStep = Type.Union([
  Type.Object(
    {
      do: Type.String(),
      in: Type.String(),
      by: Type.Optional(By),
      form: Type.Optional(values),
      /** Which item of a `forEach`: its number from 0, itself, or some of its fields. (Default: the first open one) */
      item: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.String(), values])),
      ...expecting,
    },
    closed,
  ),
  Type.Object(
    {
      press: Type.String(),
      /** Where several states have a button of this name. (Default: the innermost) */
      in: Type.Optional(Type.String()),
      by: Type.Optional(By),
      form: Type.Optional(values),
      ...expecting,
    },
    closed,
  ),
  Type.Object({ message: Type.String(), with: Type.Optional(values), ...expecting }, closed),
  Type.Object({ wait: Type.String(), ...expecting }, closed),
  Type.Object({ until: Type.String(), ...expecting }, closed),
]);

export const TestCase = Type.Object(
  {
    case: Type.String({ minLength: 1, maxLength: 200 }),
    now: Type.Optional(Type.String()),
    start: Type.Record(Type.String(), values, { minProperties: 1, maxProperties: 1 }),
    by: Type.Optional(By),
    /** By operation or core process: a value, a list with one for each call, or `{ fail: CODE }`. */
    mocks: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    expect: Type.Optional(Expectation),
    then: Type.Optional(Type.Array(TestStep, { maxItems: 100 })),
  },
  closed,
);

export const CaseFile = Type.Array(TestCase, { maxItems: 500 });

export type Expectation = Static<typeof Expectation>;
export type TestStep = Static<typeof TestStep>;
export type TestCase = Static<typeof TestCase>;
export type CaseFile = Static<typeof CaseFile>;
