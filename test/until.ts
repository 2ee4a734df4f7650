import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at a condition. */
const LOOK_AGAIN = 10;

/**
 * Waits for what happens in its own time (a message from another server, a process that ends), and
 * answers what was looked for: `look` gives
 * nothing, or false, while it is not there.
 *
 * @param patience milliseconds before it is given up (Default: 15,000)
 */
export async function until<T>(
  what: string,
  look: () => T | false | undefined | Promise<T | false | undefined>,
  patience = 15_000,
): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`Waited ${patience} ms in vain for ${what}.`);
    await pause(LOOK_AGAIN);
  }
}
