import type { ValueType } from '../types/value-type.ts';
import { startOfDate } from '../values/zone.ts';
import { parseDuration } from '../values/duration.ts';

/** Writes a stored value for people; `null` never comes here. */
export type Format = (value: unknown, timeZone: string) => string;

/** The names of the helpers that write a value in a certain way. */
export const FORMAT_HELPERS = ['date', 'money', 'number'] as const;
export type FormatHelper = (typeof FORMAT_HELPERS)[number];

/** The kinds that each helper can write. */
export const HELPER_KINDS: Readonly<Record<FormatHelper, readonly ValueType['kind'][]>> = {
  date: ['date', 'date-time'],
  money: ['decimal', 'number', 'whole number'],
  number: ['decimal', 'number', 'whole number'],
};

/** Makes the format of a helper for values of a type. */
export function helperFormat(
  helper: FormatHelper,
  type: ValueType,
  locale: string,
  currency?: string,
): Format {
  switch (helper) {
    case 'date':
      return type.kind === 'date' ? dateFormat(locale) : dateTimeFormat(locale);
    case 'money':
      return moneyFormat(locale, currency);
    case 'number': {
      const format = atFirstUse(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }));
      return (value) => format().format(numeric(value));
    }
  }
}

/** Makes the format of a value that stands alone; `undefined` for what has no plain form. */
export function plainFormat(type: ValueType, locale: string): Format | undefined {
  switch (type.kind) {
    case 'date':
      return dateFormat(locale);
    case 'date-time':
      return dateTimeFormat(locale);
    case 'yes/no':
      return (value) => (value === true ? 'yes' : 'no');
    case 'duration':
      return showDuration;
    case 'list':
    case 'object':
    case 'file':
      return undefined;
    default:
      return String;
  }
}

function dateFormat(locale: string): Format {
  const format = atFirstUse(
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
  );
  return (value) => format().format(startOfDate('UTC', String(value)));
}

/** A date-time is shown as the clocks of the company show it. */
function dateTimeFormat(locale: string): Format {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (value, timeZone) => {
    const known = formats.get(timeZone);
    const format =
      known ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
    if (known === undefined) formats.set(timeZone, format);
    return format.format(Date.parse(String(value)));
  };
}

/** A format takes long to make, and a text that is only checked writes no value. */
function atFirstUse<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Two places at least; a decimal with more keeps them, for it is exact. */
function moneyFormat(locale: string, currency: string | undefined): Format {
  const format = atFirstUse(
    () =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: 2,
        maximumFractionDigits: 20,
        ...(currency !== undefined && { style: 'currency', currency }),
      }),
  );
  return (value) => format().format(numeric(value));
}

/** Intl writes a numeral in a text with all its digits. */
function numeric(value: unknown): Intl.StringNumericLiteral | number {
  return typeof value === 'number' ? value : (String(value) as Intl.StringNumericLiteral);
}

function showDuration(value: unknown): string {
  const minutes = Math.round((parseDuration(String(value)) ?? 0) / 60_000);
  const parts = [
    minutes >= 60 ? `${Math.floor(minutes / 60)} h` : '',
    minutes % 60 > 0 || minutes < 60 ? `${minutes % 60} min` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
