import { randomBytes, randomInt } from 'node:crypto';
import type { Clock, Ids } from '../../ports/clock.ts';

const LARGEST_COUNT = 0xfff;
const RANDOM_RANGE = 2 ** 48 - 1;
/** How many random bytes an id takes, and for how many ids they are fetched at once. */
const BYTES = 8;
const FETCHED = 256;

/**
 * Creates a source of UUIDs of version 7 (RFC 9562): each sorts after the one before, also within a
 * millisecond and when the clock is set back; 62 bits of each are random.
 */
export function createIds(clock: Pick<Clock, 'now'>): Ids {
  let time = 0;
  let count = 0;
  const random = createRandom();
  return {
    next: () => {
      const now = clock.now();
      if (now > time) {
        time = now;
        count = 0;
      } else if (++count > LARGEST_COUNT) {
        time += 1;
        count = 0;
      }
      return uuid(time, count, random());
    },
    random: () => randomInt(RANDOM_RANGE) / RANDOM_RANGE,
    salt: () => Buffer.concat([random(), random()]).toString('base64url'),
  };
}

/** Answers other random bytes each time, good until the next. A fetch costs as much as a whole id. */
function createRandom(): () => Buffer {
  let fetched = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === fetched.length) {
      fetched = randomBytes(BYTES * FETCHED);
      used = 0;
    }
    used += BYTES;
    return fetched.subarray(used - BYTES, used);
  };
}

function uuid(time: number, count: number, random: Buffer): string {
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const clock = time.toString(16).padStart(12, '0');
  const tail = random.toString('hex');
  const counter = count.toString(16).padStart(3, '0');
  return `${clock.slice(0, 8)}-${clock.slice(8)}-7${counter}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
