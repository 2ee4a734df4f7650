import { digestText } from '../governance/digest.ts';

/** A longer text than this, in characters, is not kept in an index as it is. */
const LONGEST = 300;

/** Names a queue for the store: the same for all versions of a workflow. */
export function queueKey(workflow: string, queue: string): string {
  const key = `${workflow}/${queue}`;
  return key.length > LONGEST ? `${workflow}/ ${digestText(queue)}` : key;
}
