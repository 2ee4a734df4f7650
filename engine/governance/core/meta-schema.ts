import type { TSchema } from '@sinclair/typebox';
import { compileOwnSchema } from '../../kernel/validator/own-schema.ts';
import type { SchemaError, Validate } from '../../kernel/validator/schema-error.ts';
import type { SizeLimits } from '../../kernel/validator/value-size.ts';

const compiled = new WeakMap<TSchema, Validate>();

/**
 * Tells every way in which what was written does not fit its format, a constant of Trellis.
 * @param limits - how big it may be at all, the same for every text of one format
 */
export function metaErrors(
  schema: TSchema,
  written: unknown,
  limits?: SizeLimits,
): readonly SchemaError[] {
  const validate = compiled.get(schema) ?? compileOwnSchema(schema, limits);
  compiled.set(schema, validate);
  return validate(written);
}
