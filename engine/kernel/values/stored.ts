import type { Decimal } from 'decimal.js';
import { TrellisError } from '../errors.ts';
import type { ValueType } from '../types/value-type.ts';
import { ExactDecimal } from './decimal.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { isoInstant } from './iso-date.ts';

/** Turns one form of a value into the other; `null` stands for empty and stays. */
export type Conversion = (value: unknown) => unknown;

/**
 * Gives the conversion from the stored to the running form of a type's values, or `undefined`
 * where the two are the same. Objects stay as they are stored: their fields are converted when
 * they are read.
 */
export function toRunning(type: ValueType): Conversion | undefined {
  return conversion(type, RUNNING);
}

/** Gives the conversion from the running to the stored form, or `undefined`. */
export function toStored(type: ValueType): Conversion | undefined {
  return conversion(type, STORED);
}

type Conversions = Partial<Readonly<Record<ValueType['kind'], (value: never) => unknown>>>;

const RUNNING: Conversions = {
  decimal: (text: string) => readOr('decimal', text, readDecimal(text)),
  'date-time': (text: string) => readOr('date-time', text, readInstant(text)),
  duration: (text: string) => readOr('duration', text, parseDuration(text)),
};

const STORED: Conversions = {
  decimal: (value: Decimal) => value.toFixed(),
  'date-time': isoInstant,
  duration: formatDuration,
};

function conversion(type: ValueType, conversions: Conversions): Conversion | undefined {
  if (type.kind === 'list') {
    const item = conversion(type.of, conversions);
    return item && ((list) => (Array.isArray(list) ? list.map(item) : null));
  }
  const convert = conversions[type.kind];
  return convert && ((value) => (value == null ? null : convert(value as never)));
}

function readDecimal(text: string): Decimal | undefined {
  const isNumeral = typeof text === 'string' && /^-?\d{1,40}(\.\d{1,40})?$/.test(text);
  return isNumeral ? new ExactDecimal(text) : undefined;
}

function readInstant(text: string): number | undefined {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function readOr<T>(kind: string, text: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new TrellisError(
    'stored-value',
    `The stored value ${JSON.stringify(text)} is no ${kind}.`,
    {
      kind,
    },
  );
}
