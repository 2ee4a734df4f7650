import { TrellisError } from '../../engine/index.ts';
import type { BulkSelection } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { caseOf } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import { numberIn, prepare } from './operations.ts';
import type { Output } from './output.ts';

export interface Migrate {
  readonly to: string;
  readonly from?: string;
  /** Only the case with this reference. */
  readonly case?: string;
  /** `OLD=NEW`, where a state leads. */
  readonly map?: readonly string[];
}

/**
 * Prepares to take the running cases of a workflow to another version, and shows what it would come
 * to. Exit code 1 where a case cannot go.
 */
export async function migrateCommand(
  workflow: string,
  { to, from, case: reference, map = [] }: Migrate,
  output: Output,
): Promise<ExitCode> {
  const version = from === undefined ? {} : { version: numberIn('--from', from) };
  const change = {
    kind: 'migrate',
    workflow,
    to: numberIn('--to', to),
    mapping: mappingIn(map),
  } as const;
  const selection: BulkSelection =
    reference === undefined
      ? { kind: 'filter', filter: { workflow, ...version } }
      : { kind: 'cases', ids: [await idOf(reference)] };
  return prepare(change, selection, output);
}

function idOf(reference: string): Promise<string> {
  return withStoreToRead(async (store) => (await caseOf(store, reference)).id);
}

function mappingIn(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text): [string, string] => {
      const [, old, other] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
      if (old !== undefined && other !== undefined) return [old, other];
      throw new TrellisError('bad-option', `--map takes OLD=NEW, not "${text}".`);
    }),
  );
}
