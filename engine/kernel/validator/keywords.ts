import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { SchemaValidateFunction } from 'ajv';
import { LEVELS } from '../classification.ts';
import { compareDecimals, isDecimal, scaleOf } from './decimal-format.ts';

const BOUND = { type: ['string', 'number'] } as const;

/** Teaches ajv Trellis' own keywords: limits of decimals, and annotations that check nothing. */
export function addKeywords(ajv: Ajv2020): void {
  addLimit(ajv, 'x-minimum', BOUND, (value, limit) => compareDecimals(value, limit) >= 0);
  addLimit(ajv, 'x-maximum', BOUND, (value, limit) => compareDecimals(value, limit) <= 0);
  const scale = { type: 'integer', minimum: 0, maximum: 33 } as const;
  addLimit(ajv, 'x-scale', scale, (value, limit) => scaleOf(value) <= Number(limit));
  ajv.addKeyword({ keyword: 'x-classification', metaSchema: { enum: [...LEVELS] } });
  ajv.addKeyword({ keyword: 'x-tags', metaSchema: listOf({ type: 'string', minLength: 1 }) });
  ajv.addKeyword({ keyword: 'x-accept', metaSchema: listOf({ type: 'string' }) });
}

type Holds = (value: string, limit: string | number) => boolean;

function addLimit(ajv: Ajv2020, keyword: string, metaSchema: object, holds: Holds): void {
  const validate: SchemaValidateFunction = (limit: string | number, value: string) => {
    // What is no decimal is the format's to refuse.
    if (!isDecimal(value) || holds(value, limit)) return true;
    validate.errors = [{ keyword, params: { limit } }];
    return false;
  };
  ajv.addKeyword({
    keyword,
    type: 'string',
    schemaType: ['string', 'number'],
    metaSchema,
    validate,
  });
}

function listOf(items: object): object {
  return { type: 'array', items };
}
