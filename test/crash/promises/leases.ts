import type { Held } from '../records.ts';
import type { Broken } from './broken.ts';
import { grouped } from './grouped.ts';

/** No job is in two hands at once, and only who was given it last completes it, once. */
export function brokenLeases(held: readonly Held[]): readonly Broken[] {
  const byJob = grouped(held, ({ job }) => job);
  return [...byJob].flatMap(([job, all]) => checkJob(job, all));
}

function checkJob(job: string, held: readonly Held[]): readonly Broken[] {
  const found: Broken[] = [];
  const say = (evidence: string): void => {
    found.push({ promise: 8, about: `job ${job}`, evidence });
  };
  const claims = held.filter(({ what }) => what === 'claimed').sort((a, b) => a.token - b.token);
  const finished = held.filter(({ what }) => what === 'finished');
  if (finished.length > 1) say(`it was completed ${finished.length} times`);
  for (const [index, { host, token, at }] of claims.entries()) {
    const before = claims[index - 1];
    if (before?.token === token) say(`the token ${token} was given to ${before.host} and ${host}`);
    else if (before !== undefined && before.host !== host && at < endOf(before, held)) {
      say(`${host} was given it while it was in the hands of ${before.host}`);
    }
  }
  const newest = claims.at(-1);
  for (const { host, token, at } of finished) {
    if (newest !== undefined && newest.token > token && newest.at < at) {
      say(
        `${host} completed it with token ${token}; ${newest.host} had been given ${newest.token}`,
      );
    }
  }
  return found;
}

/** When a claim ended: with its lease, or when it was given back before. */
function endOf({ token, until }: Held, held: readonly Held[]): number {
  const back = held.find((one) => one.what === 'returned' && one.token === token);
  return Math.min(until, back?.at ?? Infinity);
}
