import { Decimal } from 'decimal.js';

const DECIMAL = /^-?(0|[1-9][0-9]{0,33})(\.[0-9]{1,33})?$/;
const DIGITS = 34;

/** Tells whether a text is an exact decimal: at most 34 digits, no exponent, no leading zeros. */
export function isDecimal(text: string): boolean {
  return (
    text.length <= DIGITS + 2 && DECIMAL.test(text) && text.replace(/[-.]/g, '').length <= DIGITS
  );
}

/** Compares two exact decimals: negative, zero or positive. */
export function compareDecimals(a: string | number, b: string | number): number {
  return new Decimal(a).comparedTo(b);
}

/** Counts the places after the point: `"19.90"` has two. */
export function scaleOf(decimal: string): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}

/** Adds a number of units in a decimal place to an exact decimal: `moveDecimal('1', 2, -1)` is `"0.99"`. */
export function moveDecimal(decimal: string | number, place: number, units: number): string {
  return new Decimal(10).pow(-place).times(units).plus(decimal).toFixed();
}
