import type { Delay, DelayUnit } from '../values.ts';

/** Reads `14 days` or `1 business hour`; its form was checked before. */
export function readDelay(written: string): Delay {
  const space = written.indexOf(' ');
  const unit = written.slice(space + 1);
  return {
    amount: Number(written.slice(0, space)),
    unit: (unit.endsWith('s') ? unit : `${unit}s`) as DelayUnit,
  };
}
