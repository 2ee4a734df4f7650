import type { TSchema } from '@sinclair/typebox';
import { compileOwnSchema } from '../../kernel/validator/own-schema.ts';
import type { SchemaError, Validate } from '../../kernel/validator/schema-error.ts';

const compiled = new WeakMap<TSchema, Validate>();

/** Tells every way in which what was written does not fit its format, a constant of Trellis. */
export function metaErrors(schema: TSchema, written: unknown): readonly SchemaError[] {
  const validate = compiled.get(schema) ?? compileOwnSchema(schema);
  compiled.set(schema, validate);
  return validate(written);
}
