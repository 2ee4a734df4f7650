import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../types/value-type.ts';
import { createAjv } from './create-ajv.ts';
import { createReach } from './references.ts';
import type { Validate } from './schema-error.ts';
import { valueErrors } from './value-errors.ts';
import type { CompiledSchema } from './value-errors.ts';
import { SIZE_LIMITS } from './value-size.ts';
import type { SizeLimits } from './value-size.ts';

const MOST_ERRORS = 100;

let ajv: Ajv2020 | undefined;

/**
 * Makes a function that holds values against a schema that is a constant of Trellis itself, such as
 * that of the language; compiled at the first value. Only for those: the schema is taken unchecked,
 * and its patterns run on the engine's own regular expressions. The tests hold each such schema
 * against all that is asked of others, and its patterns against texts made to stall them.
 */
export function compileOwnSchema(schema: JsonSchema, limits: SizeLimits = SIZE_LIMITS): Validate {
  let compiled: CompiledSchema | undefined;
  return (value) => {
    compiled ??= compileNow(schema);
    return valueErrors(value, compiled, { mostErrors: MOST_ERRORS, limits });
  };
}

function compileNow(schema: JsonSchema): CompiledSchema {
  ajv ??= createAjv({ inlineRefs: false });
  return {
    validate: ajv.compile(schema),
    reach: createReach({ root: schema, types: new Map() }),
  };
}
