/**
 * Loaded into a host (`node --import`): notes how much processor time the main thread took between
 * two turns of its loop, and writes the list to the file `TURN_PROBE` in the end. Time that the
 * processor spent on something else is none of the host's, so only Linux can be asked.
 */
import { openSync, readSync, writeFileSync } from 'node:fs';

const BEAT = 5;
/** Turns that took less are not worth a line, in milliseconds. */
const SHORT = 10;

const file = process.env['TURN_PROBE'];
if (file === undefined) throw new Error('TURN_PROBE names no file.');

const schedule = openSync('/proc/self/schedstat', 'r');
const text = Buffer.alloc(64);

/** Milliseconds of the processor that the main thread has had. */
function taken(): number {
  const [nanoseconds] = text.toString('latin1', 0, readSync(schedule, text, 0, 64, 0)).split(' ');
  return Number(nanoseconds) / 1e6;
}

const turns: { readonly at: number; readonly took: number }[] = [];
let last = taken();
setInterval(() => {
  const now = taken();
  if (now - last > SHORT) turns.push({ at: Date.now(), took: now - last });
  last = now;
}, BEAT).unref();

process.on('exit', () => {
  writeFileSync(file, JSON.stringify(turns));
});
