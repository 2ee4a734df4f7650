import { digestText } from '../governance/digest.ts';
import type { Visit } from '../kernel/effects.ts';

/** The id of the child case of a visit: the same however often it is asked for. */
export function childId(parentId: string, { state, visit, item }: Visit): string {
  const ofItem = item === undefined ? '' : `\n${item}`;
  const hex = digestText(`${parentId}\n${state}\n${visit}${ofItem}`);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The outcome by which a child case says that it failed. */
export const FAILED = 'failed';
