import { TrellisError, authoredPlaces, typeOfField } from '../../engine/index.ts';
import type {
  Actor,
  CaseRow,
  CompiledWorkflow,
  FieldChange,
  Store,
  WorkChange,
} from '../../engine/index.ts';
import { enteredValue, jsonIn } from '../desk/entered-value.ts';
import { withOperations } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Whoever works at the machine itself. */
export const COMMAND_LINE: Actor = { kind: 'system', id: 'command-line', name: 'Command line' };

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

/** What is changed of a case, or of many. */
export interface ChangeWork {
  /** `FIELD=VALUE`; the value as JSON, or a text as it is. */
  readonly set?: readonly string[];
  readonly from?: string;
  readonly move?: string;
  readonly repeat?: string;
  readonly skip?: string;
  readonly outcome?: string;
  readonly result?: string;
}

export interface ModifyCase extends ChangeWork {
  readonly reason: string;
}

/** Changes what one case of the settings' database carries, or where it is. */
export async function modifyCase(
  reference: string,
  asked: ModifyCase,
  output: Output,
): Promise<ExitCode> {
  return withOperations(async ({ operations, store, catalogue }): Promise<ExitCode> => {
    const { id, states, workflow, workflowVersion } = await caseOf(store, reference);
    const { compiled } = await catalogue.version(workflow, workflowVersion);
    const work = workIn(asked, states);
    await operations.modify({
      caseId: id,
      reason: asked.reason,
      actor: COMMAND_LINE,
      set: (asked.set ?? []).map((text) => changeIn(text, compiled)),
      ...(work === undefined ? {} : { work }),
    });
    const after = await store.cases.load(id);
    const places = authoredPlaces(after?.states ?? [], compiled).map(({ name }) => name);
    output.line(`${reference}: ${after?.outcome ?? places.join(', ')}`);
    output.result({ case: id, reference, status: after?.status, states: places });
    return 0;
  });
}

/** What becomes of the work. */
export function workIn(asked: ChangeWork, states: readonly string[]): WorkChange | undefined {
  const { move, repeat, skip, outcome, result, from = states[0] ?? '' } = asked;
  if (move !== undefined) return { kind: 'move', from, to: move };
  if (repeat !== undefined) return { kind: 'repeat', state: repeat };
  if (skip === undefined) return undefined;
  if (outcome !== undefined) return { kind: 'skip', state: skip, as: { kind: 'outcome', outcome } };
  const as = { kind: 'done', result: result === undefined ? {} : jsonIn(result) } as const;
  return { kind: 'skip', state: skip, as };
}

/**
 * Reads `FIELD=VALUE`.
 * @throws `TrellisError` with code `bad-value`.
 */
export function changeIn(text: string, compiled: CompiledWorkflow): FieldChange {
  const [field = '', ...value] = text.split('=');
  const type = typeOfField(compiled, field);
  if (type !== undefined) return { field, value: enteredValue(value.join('='), type) };
  throw new TrellisError('bad-value', `The workflow has no field "${field}". Write FIELD=VALUE.`);
}

/**
 * Finds a case by what people call it.
 * @throws `TrellisError` with code `no-case`.
 */
export async function caseOf({ worklist }: Store, reference: string): Promise<CaseRow> {
  const { rows } = await worklist.cases({ reference, archive: 'with' }, undefined, 100);
  const found = rows.find((row) => row.reference === reference);
  if (found !== undefined) return found;
  throw new TrellisError('no-case', `There is no case with the reference ${reference}.`);
}
