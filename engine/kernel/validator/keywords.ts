import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { SchemaValidateFunction } from 'ajv';
import { LEVELS } from '../classification.ts';
import { compareDecimals, isDecimal, scaleOf } from './decimal-format.ts';

/** The most decimal places that an exact decimal can have. */
const MOST_PLACES = 33;

interface Keyword {
  readonly name: string;
  readonly takes: (written: unknown) => boolean;
  /** Finishes the sentence `"x-scale" must be`. */
  readonly expected: string;
  /** How a text is held against what was written; without it the keyword checks nothing. */
  readonly holds?: (value: string, limit: string | number) => boolean;
}

const BOUND = { takes: isBound, expected: 'a number, or an exact decimal like "0.01"' };
const TEXTS = { takes: isListOfTexts, expected: 'a list of texts' };

const KEYWORDS: readonly Keyword[] = [
  {
    name: 'x-minimum',
    ...BOUND,
    holds: (value, limit) => compareDecimals(value, limit) >= 0,
  },
  {
    name: 'x-maximum',
    ...BOUND,
    holds: (value, limit) => compareDecimals(value, limit) <= 0,
  },
  {
    name: 'x-scale',
    takes: (written) => Number.isInteger(written) && isWithin(Number(written), MOST_PLACES),
    expected: `a whole number from 0 to ${MOST_PLACES}`,
    holds: (value, limit) => scaleOf(value) <= Number(limit),
  },
  {
    name: 'x-classification',
    takes: (written) => LEVELS.some((level) => level === written),
    expected: `one of: ${LEVELS.join(', ')}`,
  },
  { name: 'x-tags', ...TEXTS },
  { name: 'x-accept', ...TEXTS },
];

/** The names of Trellis' own keywords. */
export const OWN_KEYWORDS: readonly string[] = KEYWORDS.map(({ name }) => name);

/** Tells what is wrong with what was written at one of Trellis' own keywords, as a sentence. */
export function keywordFault(keyword: string, written: unknown): string | undefined {
  const known = KEYWORDS.find(({ name }) => name === keyword);
  if (known === undefined || known.takes(written)) return undefined;
  return `"${keyword}" must be ${known.expected}.`;
}

/** Teaches ajv Trellis' own keywords: limits of decimals, and annotations that check nothing. */
export function addKeywords(ajv: Ajv2020): void {
  for (const { name, holds } of KEYWORDS) {
    if (holds === undefined) ajv.addKeyword({ keyword: name });
    else addLimit(ajv, name, holds);
  }
}

function addLimit(ajv: Ajv2020, keyword: string, holds: Required<Keyword>['holds']): void {
  const validate: SchemaValidateFunction = (limit: string | number, value: string) => {
    // What is no decimal is the format's to refuse.
    if (!isDecimal(value) || holds(value, limit)) return true;
    validate.errors = [{ keyword, params: { limit } }];
    return false;
  };
  ajv.addKeyword({ keyword, type: 'string', schemaType: ['string', 'number'], validate });
}

function isBound(written: unknown): boolean {
  return typeof written === 'string' ? isDecimal(written) : Number.isFinite(written);
}

function isListOfTexts(written: unknown): boolean {
  return (
    Array.isArray(written) && written.every((text) => typeof text === 'string' && text.length > 0)
  );
}

function isWithin(value: number, most: number): boolean {
  return value >= 0 && value <= most;
}
