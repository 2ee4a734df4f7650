import type { WorkError } from '../event.ts';

/** How deep cases may run each other: a case that nobody runs is at 0. */
export const MOST_DEPTH = 20;

/** Why a case at the greatest depth runs no other. */
export const TOO_DEEP: WorkError = {
  code: 'run-too-deep',
  message: `Cases run each other ${MOST_DEPTH} deep at most, and this one is that deep already.`,
};
