import { Eraser, TrellisError } from '../../engine/index.ts';
import type { ErasureOutlook, Store } from '../../engine/index.ts';
import { withPublishing } from '../host/with-publishing.ts';
import { NOT_LOOKED_AT, erasureLines } from '../views/texts/erasure-words.ts';
import type { Wanted } from './erase-target.ts';
import { nothingWanted, targetOf, wantsNothing } from './erase-target.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';

export interface Erase extends Wanted {
  readonly as: string;
  readonly reason?: string;
  /** What the preview has shown. */
  readonly confirm?: string;
  /** Writes the files of the database anew afterwards; with nothing to erase, it is all that happens. */
  readonly rewrite?: boolean;
}

/**
 * Shows what would be erased, and with the token of what was shown erases it. Exit code 1 where something
 * stays.
 */
export async function eraseCommand(given: Erase, output: Output): Promise<ExitCode> {
  const { confirm, rewrite = false } = given;
  return withPublishing(async (opened): Promise<ExitCode> => {
    const { store, catalogue, publishing, core, as, now } = opened;
    const { actor, author } = await as(given.as);
    permit(actor, 'personal.erase', { rules: publishing.reviews.rules });
    if (wantsNothing(given)) {
      if (!rewrite || confirm !== undefined) throw nothingWanted();
      await writeAnew(store, output);
      output.result({ erased: false, rewritten: true });
      return 0;
    }
    const reason = reasonOf(given);
    const target = await targetOf(given, store);
    const eraser = new Eraser({ store, catalogue, clock: { now }, core: () => core.view });
    if (confirm === undefined) {
      const outlook = await eraser.preview(target);
      show(outlook, output);
      output.line(`To erase this: the same again with --confirm ${outlook.token}`);
      output.result(outlook);
      return 0;
    }
    const done = await eraser.erase(target, confirm, { actor: author, reason });
    show(done, output);
    output.line(`Erased. ${LEFT}`);
    if (rewrite) await writeAnew(store, output);
    output.result({ erased: true, rewritten: rewrite, ...done });
    return done.cases.some(({ refused, stays }) => refused !== undefined || stays.length > 0)
      ? 1
      : 0;
  });
}

const LEFT =
  'No table has it any more. Files of the database may have it between what is stored, until --rewrite; ' +
  'copies of the database have it until they are thrown away.';

/** What was erased stays erased where this fails, and it can be asked for again. */
async function writeAnew({ erasure }: Store, output: Output): Promise<void> {
  try {
    await erasure.rewrite();
  } catch (error) {
    if (!(error instanceof TrellisError)) throw error;
    const message =
      'The files of the database were not written anew, for something else reads or writes them. What ' +
      'was erased stays so. Let that end, and give "trellis erase --rewrite" with --as alone.';
    throw new TrellisError('not-rewritten', message, { reason: error.message });
  }
  output.line('The files of the database were written anew.');
}

function reasonOf({ reason = '' }: Erase): string {
  if (reason.trim() !== '') return reason.trim();
  throw new TrellisError(
    'bad-option',
    'Say why with --reason. It stays for good: name nobody in it.',
  );
}

function show(outlook: ErasureOutlook, output: Output): void {
  for (const line of erasureLines(outlook)) output.line(line);
  const { cases, records, writes } = outlook;
  for (const { reference, refused } of cases) {
    if (refused?.kind !== 'running') continue;
    output.line(`To call it off first: npx trellis case cancel ${reference} --reason "…"`);
  }
  output.line(`Cases: ${cases.length}, records: ${records.length}, earlier versions: ${writes}.`);
  output.line(NOT_LOOKED_AT);
}
