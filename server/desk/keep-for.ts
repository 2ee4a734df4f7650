import type { Delay } from '../../engine/index.ts';

const UNIT: Readonly<Record<Delay['unit'], number>> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 7 * 86_400_000,
  months: 30 * 86_400_000,
  'business hours': 3_600_000,
  'business days': 86_400_000,
};

/** About how long a delay is, in milliseconds: for how long something is kept, never for timers. */
export function milliseconds({ amount, unit }: Delay): number {
  return amount * UNIT[unit];
}
