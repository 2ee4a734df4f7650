import { writeFile } from 'node:fs/promises';
import {
  TrellisError,
  bundleOfCore,
  bundleOfWorkflows,
  gatherWorkflows,
  readCore,
} from '../../engine/index.ts';
import type { CoreRelease, Store, WantedWorkflow } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/**
 * Writes a release of the core into one file, for another environment.
 * @throws `TrellisError` with code `no-release` or `file-exists`.
 */
export async function exportCore(
  file: string,
  name: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const release = await withStoreToRead((store) => releaseOf(store, name));
  await write(file, bundleOfCore(release));
  const { digest, signed } = release;
  output.line(
    `${file}: release ${release.release} of the core, ${signed === undefined ? 'which nobody has signed' : `signed by ${signed.author.name} and ${String(signed.approvals.length)} more`}.`,
  );
  output.line(`digest  ${digest}`);
  output.result({ file, kind: 'core', release: release.release, digest });
  return 0;
}

/**
 * Writes published workflows into one file, with all that they run; without names, all that are not
 * retired. A name may say which version: `online-quote@2`.
 *
 * @throws `TrellisError` with code `no-release`, `no-workflow`, `bad-option` or `file-exists`.
 */
export async function exportWorkflows(
  file: string,
  names: readonly string[],
  output: Output,
): Promise<ExitCode> {
  const { release, workflows } = await withStoreToRead(async (store) => {
    const wanted = names.length === 0 ? await inForce(store) : names.map(wantedIn);
    return {
      release: await releaseOf(store, undefined),
      workflows: await gatherWorkflows(store.registry, wanted),
    };
  });
  if (workflows.length === 0) {
    throw new TrellisError('no-workflow', 'There is no published workflow yet.');
  }
  const { core } = readCore(new Map(Object.entries(release.files)), { isChecked: true });
  const from = {
    company: core?.settings.name ?? release.release,
    release: { release: release.release, digest: release.digest },
  };
  await write(file, bundleOfWorkflows(from, workflows));
  for (const { name, version, digest } of workflows)
    output.line(`${name}  version ${version}  ${digest}`);
  output.line(`${file}: ${counted(workflows.length)}, published on release ${release.release}.`);
  const rows = workflows.map(({ name, version, digest }) => ({ name, version, digest }));
  output.result({ file, kind: 'workflows', release: release.release, workflows: rows });
  return 0;
}

async function releaseOf({ registry }: Store, name: string | undefined): Promise<CoreRelease> {
  const release =
    name === undefined ? await registry.newestRelease() : await registry.release(name);
  if (release !== undefined) return release;
  throw new TrellisError(
    'no-release',
    name === undefined ? 'There is no release yet.' : `There is no release ${name}.`,
  );
}

/** All that begin cases here. */
async function inForce({ registry, outOfForce }: Store): Promise<readonly WantedWorkflow[]> {
  const out = await outOfForce.all();
  return (await registry.newestVersions())
    .map(({ name }) => ({ name }))
    .filter(
      ({ name }) =>
        !name.startsWith('core/') &&
        !out.some((one) => one.kind === 'workflow' && one.name === name),
    );
}

function wantedIn(written: string): WantedWorkflow {
  const [, name, version] = /^([^@]+)(?:@([1-9]\d{0,8}))?$/.exec(written) ?? [];
  if (name === undefined) {
    throw new TrellisError(
      'bad-option',
      `"${written}" names no workflow. Write its name, and its version behind an @ where you do not want the newest: online-quote@2.`,
    );
  }
  return version === undefined ? { name } : { name, version: Number(version) };
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new TrellisError('file-exists', `There is a file ${file} already. Name another.`);
  }
}

function counted(count: number): string {
  return count === 1 ? 'one workflow' : `${count} workflows`;
}
