import { readFile } from 'node:fs/promises';
import { TrellisError } from '../../engine/index.ts';
import type { ErasureTarget, Store } from '../../engine/index.ts';
import { caseOf } from './case.ts';
import { readHidden } from './read-hidden.ts';

/** What somebody wants to be erased: one of the three. */
export interface Wanted {
  /** A reference. */
  readonly case?: string;
  /** A value that tells of one person, as it stands in a field. */
  readonly person?: string;
  /** A file with such a value, or `-` for standard input: it then stands in no list of processes. */
  readonly personFrom?: string;
}

/** The fewest characters of a value that tells of one person. */
const SHORTEST = 3;

export function wantsNothing({ case: reference, person, personFrom }: Wanted): boolean {
  return reference === undefined && person === undefined && personFrom === undefined;
}

/** @throws `TrellisError` with code `bad-option`, `bad-file` or `no-case`. */
export async function targetOf(wanted: Wanted, store: Store): Promise<ErasureTarget> {
  const { case: reference, person, personFrom } = wanted;
  const given = [reference, person, personFrom].filter((one) => one !== undefined);
  if (given.length !== 1) throw nothingWanted();
  if (reference !== undefined) return { kind: 'case', id: (await caseOf(store, reference)).id };
  const value = (personFrom === undefined ? (person ?? '') : await read(personFrom)).trim();
  if (value.length < SHORTEST || value.includes('\n')) throw nothingWanted();
  return { kind: 'person', value };
}

export function nothingWanted(): TrellisError {
  return new TrellisError(
    'bad-option',
    'Name one thing that is to be erased: --case REFERENCE; or --person-from FILE, or --person VALUE, with ' +
      `one value of at least ${SHORTEST} characters on one line.`,
  );
}

async function read(file: string): Promise<string> {
  if (file === '-') return readHidden('What tells of the person');
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new TrellisError('bad-file', `The file ${file} cannot be read: ${String(error)}.`);
  });
}
