import type { Checkpoint } from './checkpoint.ts';
import { canonicalJson } from './canonical-json.ts';

/** A checkpoint as one line of an anchor file. */
export function anchorLine(checkpoint: Checkpoint): string {
  return `${canonicalJson(checkpoint)}\n`;
}

/** Reads a line of an anchor file; nothing where it was not written to its end. */
export function readAnchorLine(line: string): Checkpoint | undefined {
  try {
    const read: unknown = JSON.parse(line);
    return isCheckpoint(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

const FIELDS = {
  number: 'number',
  at: 'number',
  covers: 'number',
  previous: 'string',
  leaves: 'number',
  root: 'string',
  key: 'string',
  signature: 'string',
} as const;

/** Tells whether a value has the fields of a checkpoint; whether they are true, its signature tells. */
export function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  const act = fields['act'] as Readonly<Record<string, unknown>> | null | undefined;
  return (
    Object.entries(FIELDS).every(([name, type]) => typeof fields[name] === type) &&
    typeof act?.['seq'] === 'number' &&
    typeof act['hash'] === 'string'
  );
}
