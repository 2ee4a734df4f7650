import { TrellisError } from '../../engine/index.ts';
import type { Actor, CaseRow, Store } from '../../engine/index.ts';
import { withOperations } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Whoever works at the machine itself. */
const COMMAND_LINE: Actor = { kind: 'system', id: 'command-line', name: 'Command line' };

export interface ChangeCase {
  readonly reason: string;
  /** Calling off leaves what the case did as it is. */
  readonly plain?: boolean;
}

/** Suspends, resumes or calls off one case of the settings' database. */
export async function changeCase(
  change: 'suspend' | 'resume' | 'cancel',
  reference: string,
  { reason, plain }: ChangeCase,
  output: Output,
): Promise<ExitCode> {
  return withOperations(async ({ operations, store }): Promise<ExitCode> => {
    const { id } = await caseOf(store, reference);
    const operation = { caseId: id, reason, actor: COMMAND_LINE };
    if (change === 'cancel') await operations.cancel({ ...operation, undo: plain !== true });
    else await operations[change](operation);
    const { status, outcome } = (await store.cases.load(id)) ?? {};
    output.line(`${reference}: ${outcome ?? status ?? ''}`);
    output.result({ case: id, reference, status, outcome });
    return 0;
  });
}

/**
 * Finds a case by what people call it.
 * @throws `TrellisError` with code `no-case`.
 */
async function caseOf({ worklist }: Store, reference: string): Promise<CaseRow> {
  const { rows } = await worklist.cases({ reference }, undefined, 100);
  const found = rows.find((row) => row.reference === reference);
  if (found !== undefined) return found;
  throw new TrellisError('no-case', `There is no case with the reference ${reference}.`);
}
