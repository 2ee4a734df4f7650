import type { DatePart } from './answer-error.ts';

export const DATE_PARTS = ['day', 'month', 'year'] as const;

/** What was typed into the three inputs of a date, trimmed. */
type TypedDate = Readonly<Record<DatePart, string>>;

type ReadDate =
  | { readonly kind: 'empty' }
  | { readonly kind: 'date'; readonly date: string }
  /** `what` completes a sentence that begins with the question's label. */
  | { readonly kind: 'wrong'; readonly what: string; readonly parts: readonly DatePart[] };

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Reads a date from three inputs. A month may be written as a number or as its English name. */
export function readDate(typed: TypedDate): ReadDate {
  const missing = DATE_PARTS.filter((part) => typed[part] === '');
  if (missing.length === DATE_PARTS.length) return { kind: 'empty' };
  if (missing.length > 0) {
    return { kind: 'wrong', what: `must include a ${missing.join(' and a ')}`, parts: missing };
  }
  if (!/^\d{4}$/u.test(typed.year)) {
    return { kind: 'wrong', what: 'must have a year of 4 numbers, like 2027', parts: ['year'] };
  }
  const [day, month] = [Number(typed.day), monthNumber(typed.month)];
  const wrong = unreal(day, month, Number(typed.year));
  if (wrong.length > 0) return { kind: 'wrong', what: 'must be a real date', parts: wrong };
  return { kind: 'date', date: `${typed.year}-${twoDigits(month)}-${twoDigits(day)}` };
}

/** Takes an ISO date apart for its three inputs. */
export function datePartsOf(date: string): TypedDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date);
  const [year = '', month = '', day = ''] = match?.slice(1) ?? [];
  return { day: withoutZero(day), month: withoutZero(month), year };
}

function unreal(day: number, month: number, year: number): readonly DatePart[] {
  if (!(Number.isInteger(month) && month >= 1 && month <= 12)) return ['month'];
  if (!(Number.isInteger(day) && day >= 1 && day <= daysIn(month, year))) return ['day'];
  return [];
}

function daysIn(month: number, year: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return leap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function monthNumber(text: string): number {
  if (/^\d{1,2}$/u.test(text)) return Number(text);
  const name = text.toLowerCase();
  const found = name.length < 3 ? -1 : MONTHS.findIndex((month) => month.startsWith(name));
  return found + 1;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function withoutZero(text: string): string {
  return text === '' ? '' : String(Number(text));
}
