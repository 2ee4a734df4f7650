import type { Visit } from '../kernel/effects.ts';
import { derivedId } from './derived-id.ts';

/** The id of the child case of a visit: the same however often it is asked for. */
export function childId(parentId: string, { state, visit, item }: Visit): string {
  const ofItem = item === undefined ? '' : `\n${item}`;
  return derivedId(`${parentId}\n${state}\n${visit}${ofItem}`);
}

/** The outcome by which a child case says that it failed. */
export const FAILED = 'failed';
