import type { TSchema } from '@sinclair/typebox';
import type { SchemaError, Validate } from '../../kernel/validator/schema-error.ts';
import { createValidator } from '../../kernel/validator/validator.ts';

const validator = createValidator(new Map());
const compiled = new WeakMap<TSchema, Validate>();

/** Tells every way in which what was written does not fit its format. */
export function metaErrors(schema: TSchema, written: unknown): readonly SchemaError[] {
  const validate = compiled.get(schema) ?? validator.compile(schema);
  compiled.set(schema, validate);
  return validate(written);
}
