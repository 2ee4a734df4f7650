import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { median } from './closed-loop.ts';
import { runProcess } from './run-process.ts';
import { startHost } from './start-host.ts';

/** Milliseconds to the first acknowledgement, as a library. */
const LIBRARY_START = 400;
/** Milliseconds to the first answer, as a host. */
const HOST_START = 1_500;
/** Megabytes that a process may occupy, and how many more with cases that wait. */
const RESIDENT = 200;
const MORE_RESIDENT = 30;

/** Measures what a process takes to start, and what it occupies with many waiting cases. */
export async function measureProcesses(
  folder: string,
  { starts, waiting }: { readonly starts: number; readonly waiting: number },
): Promise<readonly Figure[]> {
  const file = join(folder, 'start.db');
  const library: number[] = [];
  const hosts: number[] = [];
  for (let count = 0; count <= starts; count++) {
    library.push((await runProcess('start', file)).acknowledged);
    const place = join(folder, 'host');
    await mkdir(place, { recursive: true });
    hosts.push(await startHost(place));
  }
  const { empty, full } = await runProcess('memory', join(folder, 'memory.db'), String(waiting));
  return [
    // The first start makes the tables.
    figure('start.library', median(library.slice(1)), 'ms', LIBRARY_START),
    figure('start.host', median(hosts.slice(1)), 'ms', HOST_START),
    figure('memory.waiting', full, 'MB', RESIDENT),
    figure('memory.more', Math.max(full - empty, 0.1), 'MB', MORE_RESIDENT),
  ];
}
