import { Type } from '@sinclair/typebox';
import type { Static, TImport } from '@sinclair/typebox';
import type { JsonSchema } from '../../types/value-type.ts';
import { FORM_PARTS } from './form-parts.ts';
import { NAME } from './patterns.ts';
import { STATE_PARTS } from './state-parts.ts';
import { VALUE_PARTS } from './value-parts.ts';

const PARTS = {
  ...VALUE_PARTS,
  ...STATE_PARTS,
  ...FORM_PARTS,
  Workflow: Type.Object(
    {
      workflow: Type.String({ pattern: NAME, description: 'Its name: the same as its folder' }),
      title: Type.Ref('Text'),
      team: Type.String({ minLength: 1, description: 'The team that owns it' }),
      core: Type.Integer({ minimum: 1, description: 'The release line of the core' }),
      reference: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          description: 'What people call a case: Q-{year}-{number} (Default: {number})',
        }),
      ),
      data: Type.Optional(Type.Ref('Data')),
      start: Type.Ref('Starts'),
      forms: Type.Optional(Type.Ref('Forms')),
      decisions: Type.Optional(Type.Ref('Decisions')),
      initial: Type.Optional(Type.String({ pattern: NAME })),
      states: Type.Ref('States'),
      on: Type.Optional(Type.Ref('Handlers')),
      after: Type.Optional(Type.Ref('Timers')),
      undo: Type.Optional(Type.Ref('Undo')),
      messages: Type.Optional(Type.Ref('Messages')),
    },
    { additionalProperties: false, title: 'A Trellis workflow' },
  ),
};

const LANGUAGE = Type.Module(PARTS);
const WORKFLOW = LANGUAGE.Import('Workflow');

/** The names of the language's parts, as in `$defs` of its schema. */
export type PartName = keyof typeof PARTS;

/** A part of a workflow as its author wrote it, once its form is checked. */
export type Written<Name extends PartName> = Static<TImport<typeof PARTS, Name>>;

/** The JSON Schema (2020-12) of the language, as served at `/schemas/workflow.json`. */
export const workflowSchema: JsonSchema = asPlainSchema(WORKFLOW);

/** TypeBox names parts by `$id`; editors follow `#/$defs/…` more surely. */
function asPlainSchema(schema: unknown): JsonSchema {
  const plain = JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => {
      if (key === '$id') return undefined;
      return key === '$ref' ? `#/$defs/${String(value)}` : value;
    }),
  ) as Exclude<JsonSchema, boolean>;
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...plain };
}
