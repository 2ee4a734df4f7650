import { readFile, stat } from 'node:fs/promises';
import { LONGEST_BUNDLE, TrellisError, readBundle } from '../../engine/index.ts';
import type { Bundle } from '../../engine/index.ts';
import type { ExitCode } from './exit-code.ts';
import { importCore } from './import-core.ts';
import { importWorkflows } from './import-workflows.ts';
import type { Output } from './output.ts';

/** How somebody brings a bundle in. */
export interface Import {
  readonly as?: string;
  /** Says why, to who approves a core. */
  readonly why?: string;
  readonly dryRun?: boolean;
}

/**
 * Brings a bundle of another environment in: a core as a proposal, workflows as drafts under review.
 * What is in force here already is left alone. Exit code 1 where it could not come into force as it is.
 *
 * @throws `TrellisError` with code `bad-option` or `bundle-unreadable`.
 */
export async function importCommand(
  file: string,
  { as, why, dryRun = false }: Import,
  output: Output,
): Promise<ExitCode> {
  const bundle = await readFileOf(file);
  if (bundle.kind === 'workflows')
    return importWorkflows(bundle, dryRun ? undefined : asked(as, '--as EMAIL'), output);
  const entering = dryRun
    ? undefined
    : { as: asked(as, '--as EMAIL'), why: asked(why, '--why TEXT') };
  return importCore(bundle, entering, output);
}

function asked(given: string | undefined, option: string): string {
  if (given !== undefined) return given;
  throw new TrellisError(
    'bad-option',
    `Whoever brings it in is asked for ${option}. To look at what it would do: --dry-run.`,
  );
}

async function readFileOf(file: string): Promise<Bundle> {
  const found = await stat(file).catch((error: unknown) => {
    throw new TrellisError('bundle-unreadable', `${file} cannot be read: ${String(error)}`);
  });
  if (!found.isFile() || found.size > 4 * LONGEST_BUNDLE)
    throw new TrellisError(
      'bundle-unreadable',
      `${file} is no bundle: a bundle is a file of at most ${LONGEST_BUNDLE} characters.`,
    );
  return readBundle(await readFile(file, 'utf8'));
}
