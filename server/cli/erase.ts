import { Eraser, TrellisError } from '../../engine/index.ts';
import type { ErasureOutlook, ErasureTarget, Store } from '../../engine/index.ts';
import { withPublishing } from '../host/with-publishing.ts';
import { NOT_LOOKED_AT, erasureLines } from '../views/texts/erasure-words.ts';
import { caseOf } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';

export interface Erase {
  /** A reference. */
  readonly case?: string;
  /** A value that tells of one person, as it stands in a field. */
  readonly person?: string;
  readonly as: string;
  readonly reason: string;
  /** What the preview has shown. */
  readonly confirm?: string;
  /** Writes the files of the database anew afterwards. */
  readonly rewrite?: boolean;
}

/**
 * Shows what would be erased, and with the token of what was shown erases it. Exit code 1 where something
 * stays.
 */
export async function eraseCommand(given: Erase, output: Output): Promise<ExitCode> {
  return withPublishing(async (opened): Promise<ExitCode> => {
    const { store, catalogue, publishing, core, as, now } = opened;
    const { actor, author } = await as(given.as);
    permit(actor, 'personal.erase', { rules: publishing.reviews.rules });
    const target = await targetOf(given, store);
    const clock = { now };
    const eraser = new Eraser({ store, catalogue, clock, core: () => core.view });
    if (given.confirm === undefined) {
      const outlook = await eraser.preview(target);
      show(outlook, output);
      output.line(`To erase this: the same again with --confirm ${outlook.token}`);
      output.result(outlook);
      return 0;
    }
    const done = await eraser.erase(target, given.confirm, { actor: author, reason: given.reason });
    show(done, output);
    if (given.rewrite === true) await store.erasure.rewrite();
    output.line(given.rewrite === true ? `Erased. ${REWRITTEN}` : `Erased. ${LEFT}`);
    output.result({ erased: true, ...done });
    return done.cases.some(({ refused, stays }) => refused !== undefined || stays.length > 0)
      ? 1
      : 0;
  });
}

const LEFT =
  'No table has it any more. Files of the database may have it between what is stored, until --rewrite; ' +
  'copies of the database have it until they are thrown away.';
const REWRITTEN =
  'The files of the database were written anew. Copies of it have it until they are thrown away.';

async function targetOf(given: Erase, store: Store): Promise<ErasureTarget> {
  const { case: reference, person } = given;
  if (reference !== undefined && person === undefined) {
    return { kind: 'case', id: (await caseOf(store, reference)).id };
  }
  if (person !== undefined && reference === undefined && person.trim().length >= 3) {
    return { kind: 'person', value: person.trim() };
  }
  throw new TrellisError(
    'bad-option',
    'Name what is to be erased: --case REFERENCE, or --person VALUE with at least three characters.',
  );
}

function show(outlook: ErasureOutlook, output: Output): void {
  for (const line of erasureLines(outlook)) output.line(line);
  const { cases, records, writes } = outlook;
  output.line(`Cases: ${cases.length}, records: ${records.length}, earlier versions: ${writes}.`);
  output.line(NOT_LOOKED_AT);
}
