import { constants, setPriority } from 'node:os';

/** Of this thread, the calling one. */
const THIS = 0;

/**
 * Gives the calling thread, for good, a tenth of the claim to a processor: the threads which serve
 * requests hardly ever wait for it. Linux alone keeps a priority for each thread (setpriority(2),
 * "C library/kernel differences"); elsewhere it is that of the whole process and stays as it is.
 */
export function letOthersGoFirst(): void {
  if (process.platform === 'linux') setPriority(THIS, constants.priority.PRIORITY_BELOW_NORMAL);
}
