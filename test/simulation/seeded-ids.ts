import type { Clock, Ids } from '../../engine/ports/clock.ts';
import type { Random } from './random.ts';

/** Ids in the form of a UUID of version 7 that are the same for the same seed. */
export function seededIds(random: Random, clock: Pick<Clock, 'now'>): Ids {
  let count = 0;
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
  return {
    next: () => {
      count += 1;
      const time = clock.now().toString(16).padStart(12, '0');
      const counter = (count % 0x1000).toString(16).padStart(3, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-8${hex(3)}-${hex(12)}`;
    },
    random: () => random.next(),
    salt: () => hex(22),
  };
}
