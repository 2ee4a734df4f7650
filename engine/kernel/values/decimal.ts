import { Decimal } from 'decimal.js';
import { TrellisError } from '../errors.ts';

/** The most digits that an exact decimal may have. */
export const DECIMAL_DIGITS = 34;

/**
 * Exact decimals. A product of two has at most 68 digits, so nothing is rounded before
 * {@link exact} has looked at it; a division is rounded by the author's `round`.
 */
export const ExactDecimal = Decimal.clone({
  precision: 100,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -200,
  toExpPos: 200,
});

/**
 * Lets a decimal through that can be stored without loss.
 * @throws `TrellisError` with code `arithmetic` where it has more than 34 digits.
 */
export function exact(value: Decimal): Decimal {
  if (value.isFinite() && value.precision(true) <= DECIMAL_DIGITS && value.dp() < DECIMAL_DIGITS) {
    return value;
  }
  throw new TrellisError(
    'arithmetic',
    `The result has more than ${DECIMAL_DIGITS} digits. Round it: round(…, 2).`,
  );
}
