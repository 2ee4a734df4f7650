/**
 * A process of its own for what can be measured of a whole process alone. Its words: `start FILE`,
 * `memory FILE CASES`, `load URL CALLERS SECONDS`. It prints one JSON object.
 */
import { closedLoop } from './closed-loop.ts';
import { deliverParcel, handInAndRide } from './deliver.ts';
import { handIn } from './deliver.ts';
import type { ProcessFacts } from './run-process.ts';
import { withDepot } from './with-depot.ts';

/** How many cases are started at once, where many are wanted. */
const AT_ONCE = 64;

async function start(file: string): Promise<ProcessFacts['start']> {
  return withDepot({ file }, async (depot) => {
    await handIn(depot);
    return { acknowledged: performance.now() };
  });
}

async function memory(file: string, cases: number): Promise<ProcessFacts['memory']> {
  return withDepot({ file }, async (depot) => {
    const startOne = async (): Promise<void> => {
      depot.watch.forget((await handInAndRide(depot)).caseId);
    };
    // So that what is compiled and cached once is not taken for the cases'.
    for (let count = 0; count < 50; count++) await startOne();
    const empty = resident();
    let left = cases;
    const startMany = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await startOne();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, startMany));
    return { empty, full: resident() };
  });
}

async function load(url: string, callers: number, seconds: number): Promise<ProcessFacts['load']> {
  return withDepot({ url }, async (depot) => {
    await closedLoop(callers, seconds / 3, () => deliverParcel(depot));
    return { casesPerSecond: await closedLoop(callers, seconds, () => deliverParcel(depot)) };
  });
}

/** Megabytes that the process occupies, once what nobody needs is collected. */
function resident(): number {
  for (let times = 0; times < 3; times++) globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
}

const [word, place = '', first = '0', second = '0'] = process.argv.slice(2);
const facts =
  word === 'start'
    ? await start(place)
    : word === 'memory'
      ? await memory(place, Number(first))
      : await load(place, Number(first), Number(second));
process.stdout.write(`${JSON.stringify(facts)}\n`);
