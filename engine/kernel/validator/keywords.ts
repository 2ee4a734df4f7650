import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { SchemaValidateFunction } from 'ajv';
import { LEVELS } from '../classification.ts';
import type { FileValue } from '../values/file-value.ts';
import { hasType, isFileValue, isWithinSize } from '../values/file-value.ts';
import { isMediaType, readSize } from '../values/media.ts';
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
  {
    name: 'x-alias',
    takes: (written) => typeof written === 'string' && written.length > 0,
    expected: 'the name that the field had before',
  },
];

/** What may be said of a stored file; beside it, the keyword checks that the value is one. */
const FILE_KEYWORDS: readonly FileKeyword[] = [
  {
    name: 'x-accept',
    takes: (written) => isListOfTexts(written) && (written as string[]).every(isMediaType),
    expected: 'a list of media types, like application/pdf or image/*',
    holds: (file, accept) => hasType(file, accept as string[]),
  },
  {
    name: 'x-maxSize',
    takes: (written) => typeof written === 'string' && readSize(written) !== undefined,
    expected: 'a size like 10 MB or 500 kB',
    holds: (file, most) => isWithinSize(file, String(most)),
  },
];

interface FileKeyword extends Omit<Keyword, 'holds'> {
  readonly holds: (value: FileValue, written: unknown) => boolean;
}

/** The names of Trellis' own keywords. */
export const OWN_KEYWORDS: readonly string[] = [...KEYWORDS, ...FILE_KEYWORDS].map(
  ({ name }) => name,
);

/** Tells what is wrong with what was written at one of Trellis' own keywords, as a sentence. */
export function keywordFault(keyword: string, written: unknown): string | undefined {
  const known = [...KEYWORDS, ...FILE_KEYWORDS].find(({ name }) => name === keyword);
  if (known === undefined || known.takes(written)) return undefined;
  return `"${keyword}" must be ${known.expected}.`;
}

/** Teaches ajv Trellis' own keywords: limits of decimals, and annotations that check nothing. */
export function addKeywords(ajv: Ajv2020): void {
  for (const { name, holds } of KEYWORDS) {
    if (holds === undefined) ajv.addKeyword({ keyword: name });
    else addLimit(ajv, name, holds);
  }
  for (const { name, holds } of FILE_KEYWORDS) addFileKeyword(ajv, name, holds);
}

function addFileKeyword(ajv: Ajv2020, keyword: string, holds: FileKeyword['holds']): void {
  const validate: SchemaValidateFunction = (written: unknown, value: unknown) => {
    const isFile = isFileValue(value);
    if (isFile && holds(value, written)) return true;
    validate.errors = [{ keyword, params: { limit: written, isFile } }];
    return false;
  };
  ajv.addKeyword({ keyword, type: 'object', validate });
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
