import { readFile, writeFile } from 'node:fs/promises';
import { TrellisError, checkEvidence, exportEvidence } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { readAnchor } from '../host/read-anchor.ts';
import { caseOf } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Writes the evidence of one case as a file that verifies without the database. */
export async function auditExport(
  reference: string,
  file: string,
  output: Output,
): Promise<ExitCode> {
  return withStoreToRead(async (store): Promise<ExitCode> => {
    const { id } = await caseOf(store, reference);
    const evidence = await exportEvidence(store, id);
    if (evidence === undefined) {
      output.line(
        `No checkpoint states anything of ${reference} yet. A host makes one every minute; "trellis audit checkpoint" makes one now.`,
      );
      output.result({ exported: false });
      return 1;
    }
    await write(file, JSON.stringify(evidence, undefined, 1));
    const { entries, stated } = evidence;
    output.line(
      `${file}: ${entries.length} entries of ${reference}, stated up to entry ${stated.seq} by checkpoint ${stated.checkpoint.number}.`,
    );
    const [all, checkpoint] = [entries.length, stated.checkpoint.number];
    output.result({ exported: file, entries: all, stated: stated.seq, checkpoint });
    return 0;
  });
}

export interface CheckEvidence {
  readonly anchor?: string;
  readonly key?: readonly string[];
}

/** Verifies evidence without a database or a workspace. Exit code 1 where it does not hold. */
export async function auditCheck(
  file: string,
  { anchor, key: keys = [] }: CheckEvidence,
  output: Output,
): Promise<ExitCode> {
  if (anchor === undefined && keys.length === 0) {
    throw new TrellisError(
      'bad-option',
      'Name what is to be believed: --anchor FILE, or --key PUBLIC as "trellis audit key" prints it.',
    );
  }
  const trust = { keys, anchor: anchor === undefined ? [] : await readAnchor(anchor) };
  const verdict = checkEvidence(await read(file), trust);
  if (!verdict.ok) {
    output.line(verdict.message);
    output.result(verdict);
    return 1;
  }
  const { caseId, entries, stated } = verdict.evidence;
  const { erased } = verdict;
  const { number, at } = stated.checkpoint;
  const rest = entries.length - stated.seq;
  output.line(
    `The history of case ${caseId} holds: ${stated.seq} entries, signed with checkpoint ${number} of ${new Date(at).toISOString()}.`,
  );
  if (erased.length > 0) {
    output.line(`The personal values of ${erased.length} entries are erased.`);
  }
  if (rest > 0) output.line(`${rest} entries behind them are held by their chain alone.`);
  output.result({
    ok: true,
    caseId,
    entries: entries.length,
    stated: stated.seq,
    checkpoint: number,
    erased,
  });
  return 0;
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, `${text}\n`, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw new TrellisError('bad-file', `The file ${file} cannot be written: ${String(error)}.`);
  });
}

async function read(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new TrellisError('bad-file', `The file ${file} cannot be read: ${String(error)}.`);
  }
}
