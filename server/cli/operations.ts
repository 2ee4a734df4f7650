import { TrellisError } from '../../engine/index.ts';
import type {
  BulkCase,
  BulkChange,
  BulkOperation,
  BulkSelection,
  Fill,
  Outlook,
  Store,
} from '../../engine/index.ts';
import { withOperations, withStoreToRead } from '../host/with-operations.ts';
import { outlookText } from '../views/texts/outlook.ts';
import type { ChangeWork } from './case.ts';
import { COMMAND_LINE, changeIn, workIn } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** The operations that a list shows, and the groups of cases of one. */
const LISTED = 50;
const MOST_GROUPS = 50;
const PAGE = 200;

export interface Prepare {
  readonly workflow?: string;
  readonly version?: string;
  readonly reference?: string;
  /** Only incidents of this cause. */
  readonly cause?: string;
  /** Calling off leaves what the cases did as it is. */
  readonly plain?: boolean;
}

/** Prepares a change of the running cases that fit; nothing happens to them yet. */
export async function prepareOperation(
  kind: 'suspend' | 'resume' | 'cancel' | 'retry',
  asked: Prepare,
  output: Output,
): Promise<ExitCode> {
  return prepare(bulkChange(kind, asked), selectionIn(asked), output);
}

/** Prepares to change what the running cases of a workflow carry, or where they are. */
export async function prepareModify(
  workflow: string,
  { set = [], ...asked }: ChangeWork,
  output: Output,
): Promise<ExitCode> {
  const { compiled } = await withOperations(({ catalogue }) => catalogue.newest(workflow));
  const work = workIn(asked, []);
  const change = { kind: 'modify', set: set.map((text) => changeIn(text, compiled)) } as const;
  const selection = { kind: 'filter', filter: { workflow } } as const;
  return prepare({ ...change, ...(work === undefined ? {} : { work }) }, selection, output);
}

/** Prepares to fill a field of a locked type in the running cases that lack it. */
export async function prepareBackfill(asked: Fill, output: Output): Promise<ExitCode> {
  const { type, field, set } = asked;
  return prepare({ kind: 'backfill', type, field, set }, { kind: 'filter', filter: {} }, output);
}

/**
 * Prepares an operation to its end and shows what it would come to. Exit code 1 where a case cannot
 * be changed.
 */
export async function prepare(
  change: BulkChange,
  selection: BulkSelection,
  output: Output,
): Promise<ExitCode> {
  return withOperations(async ({ store, bulk, advance }): Promise<ExitCode> => {
    const id = await bulk.prepare({ change, selection, actor: COMMAND_LINE });
    while (await advance(id));
    await show(store, id, output);
    output.line(`Nothing was changed. To do it: trellis operations start ${id} --reason "…"`);
    return (await store.bulk.counts(id)).cannot === 0 ? 0 : 1;
  });
}

/** Lists the newest operations. */
export async function listOperations(output: Output): Promise<ExitCode> {
  return withStoreToRead(async ({ bulk }): Promise<ExitCode> => {
    const { rows } = await bulk.operations(undefined, LISTED);
    for (const { id, status, change, actor, reason } of rows) {
      output.line(`${id}  ${status.padEnd(9)}  ${change.kind.padEnd(8)}  ${actor.name}  ${reason}`);
    }
    output.result(rows);
    return 0;
  });
}

/** Shows what an operation comes to, or has come to. */
export async function showOperation(id: string, output: Output): Promise<ExitCode> {
  return withStoreToRead(async (store): Promise<ExitCode> => {
    await show(store, id, output);
    return 0;
  });
}

/** Changes the cases of a prepared operation. Exit code 1 where one could not be changed. */
export async function startOperation(
  id: string,
  { reason }: { readonly reason: string },
  output: Output,
): Promise<ExitCode> {
  return carryOut(id, output, ({ bulk }) => bulk.start(id, { reason, actor: COMMAND_LINE }));
}

/** Goes on with an operation that was stopped. Exit code 1 where a case could not be changed. */
export async function continueOperation(id: string, output: Output): Promise<ExitCode> {
  return carryOut(id, output, ({ bulk }) => bulk.goOn(id));
}

/** Stops an operation: no case is changed any more. */
export async function stopOperation(id: string, output: Output): Promise<ExitCode> {
  return withOperations(async ({ bulk, store }): Promise<ExitCode> => {
    await bulk.stop(id);
    await show(store, id, output);
    return 0;
  });
}

/** Prepares to take back what an operation did. */
export async function undoOperation(id: string, output: Output): Promise<ExitCode> {
  return withOperations(async ({ bulk, store, advance }): Promise<ExitCode> => {
    const other = await bulk.undo(id, COMMAND_LINE);
    while (await advance(other));
    await show(store, other, output);
    output.line(`Nothing was changed. To do it: trellis operations start ${other} --reason "…"`);
    return 0;
  });
}

type Opened = Parameters<Parameters<typeof withOperations>[0]>[0];

async function carryOut(
  id: string,
  output: Output,
  begin: (opened: Opened) => Promise<void>,
): Promise<ExitCode> {
  return withOperations(async (opened): Promise<ExitCode> => {
    await begin(opened);
    while (await opened.advance(id));
    const { bulk } = opened.store;
    await show(opened.store, id, output);
    let after: string | undefined;
    do {
      const page = await bulk.cases(id, 'refused', after, PAGE);
      for (const { reference, message } of page.rows) {
        output.line(`STAYS  ${reference}  ${message ?? ''}`);
      }
      after = page.next;
    } while (after !== undefined);
    return (await bulk.counts(id)).refused === 0 ? 0 : 1;
  });
}

async function show({ bulk }: Store, id: string, output: Output): Promise<void> {
  const operation = await bulk.operation(id);
  if (operation === undefined) {
    throw new TrellisError('no-operation', `There is no operation ${id}.`, { id });
  }
  const [counts, groups] = await Promise.all([bulk.counts(id), bulk.groups(id, MOST_GROUPS)]);
  output.line(`${id}: ${operation.change.kind}, ${operation.status}${why(operation)}`);
  for (const { count, example, ...group } of groups) {
    output.line(`${String(count).padStart(7)}  ${textOf(group)}  (${example})`);
  }
  const { ready, cannot, done, refused } = counts;
  output.line(`${ready} ready, ${cannot} cannot be changed, ${done} done, ${refused} refused`);
  output.result({ operation, counts, groups });
}

function why({ reason, problem }: BulkOperation): string {
  if (problem !== undefined) return `: ${problem}`;
  return reason === '' ? '' : `: ${reason}`;
}

function textOf({
  result,
  outlook,
  message,
}: Pick<BulkCase, 'result' | 'outlook' | 'message'>): string {
  if (message !== undefined) return `${result}: ${message}`;
  const { from, becomes } = outlookText(outlook as unknown as Outlook, (id) => id);
  return `${result}: ${from}: ${becomes.join(', ')}`;
}

function bulkChange(
  kind: 'suspend' | 'resume' | 'cancel' | 'retry',
  { plain, cause }: Prepare,
): BulkChange {
  if (kind === 'cancel') return { kind, ...(plain === true ? { plain } : {}) };
  return kind === 'retry' && cause !== undefined ? { kind, cause } : { kind };
}

function selectionIn({ workflow, version, reference, cause }: Prepare): BulkSelection {
  if (cause !== undefined) return { kind: 'cause', cause };
  if (workflow === undefined) {
    throw new TrellisError('bad-option', 'Say which cases: --workflow NAME.');
  }
  const filter = {
    workflow,
    ...(version === undefined ? {} : { version: numberIn('--version', version) }),
    ...(reference === undefined ? {} : { reference }),
  };
  return { kind: 'filter', filter };
}

/** @throws `TrellisError` with code `bad-option`. */
export function numberIn(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new TrellisError('bad-option', `${option} takes a number from 1 on, not "${text}".`);
}
