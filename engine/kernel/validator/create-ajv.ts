import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, Options } from 'ajv';
import type { JsonSchema } from '../types/value-type.ts';
import { FORMATS } from './formats.ts';
import { addKeywords } from './keywords.ts';

/**
 * Makes an ajv with Trellis' formats and keywords. It takes any schema as it is: hold one that
 * others wrote against `metaSchemaErrors` first.
 */
export function createAjv({ code, ...options }: Options): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    ownProperties: true,
    multipleOfPrecision: 9,
    logger: false,
    meta: false,
    validateSchema: false,
    // To make the code smaller takes longer than ajv takes to write it.
    code: { optimize: false, ...code },
    ...options,
  });
  for (const [name, check] of FORMATS) ajv.addFormat(name, check);
  addKeywords(ajv);
  return ajv;
}

let metaSchema: Ajv2020 | undefined;

/** Tells how a schema does not fit the meta-schema of JSON Schema 2020-12. */
export function metaSchemaErrors(schema: JsonSchema): readonly ErrorObject[] {
  metaSchema ??= createAjv({ meta: true });
  return metaSchema.validateSchema(schema) === true ? [] : (metaSchema.errors ?? []);
}
