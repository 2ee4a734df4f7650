import {
  TrellisError,
  compareTypes,
  placeVerdicts,
  readCore,
  readTypes,
} from '../../engine/index.ts';
import type { EarlierTypes, Registry, Upgrade } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';

/**
 * Holds the types of a workspace against the releases in the database, or against another
 * workspace; what `upgrade.yaml` fills on the way from the newest of them is not asked for. Exit code
 * 1 where a change is forbidden by the mode of a type.
 * @throws `TrellisError` with code `core-refused`, or `no-release` where there is none yet.
 */
export async function compareCommand(
  workspace: string | undefined,
  other: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const files = await readCoreFiles(workspaceSetting(workspace));
  const types = soundTypes(files, 'the core');
  const earlier =
    other === undefined
      ? await withStoreToRead(({ registry }) => releasedTypes(registry))
      : [{ name: other, types: soundTypes(await readCoreFiles(other), other) }];
  const backfill = filledSince(earlier, files);
  const verdicts = placeVerdicts(compareTypes(earlier, types, backfill), files);
  for (const { file, position, message, rule, example, forbiddenBy, inheritedBy } of verdicts) {
    const place = position === undefined ? '' : `:${position.line}:${position.column}`;
    output.line(`core-data/${file}${place}  ${message}  [${rule}]`);
    if (example !== undefined) output.line(`    example: ${JSON.stringify(example)}`);
    const modes = forbiddenBy.map(({ type, compatibility }) => `${type} (${compatibility})`);
    output.line(`    forbidden by: ${modes.join(', ')}`);
    if (inheritedBy.length > 0) output.line(`    part of: ${inheritedBy.join(', ')}`);
  }
  const against = earlier.map(({ name }) => name);
  if (verdicts.length === 0) {
    output.line(
      `No change of a type since ${against.at(-1) ?? ''} is forbidden by its compatibility.`,
    );
  }
  output.result({ against, verdicts });
  return verdicts.length === 0 ? 0 : 1;
}

/** What the core fills of the values of the newest release. */
function filledSince(
  earlier: readonly EarlierTypes[],
  files: ReadonlyMap<string, string>,
): Upgrade['backfill'] {
  const { upgrade } = readCore(files).core ?? {};
  const isNext = upgrade !== undefined && earlier.at(-1)?.name === `release ${upgrade.from}`;
  return isNext ? upgrade.backfill : [];
}

function soundTypes(files: ReadonlyMap<string, string>, name: string): EarlierTypes['types'] {
  const { types, problems } = readTypes(files);
  if (types !== undefined) return types;
  const places = problems.map((problem) => showProblem(problem, `core-data/${problem.file ?? ''}`));
  throw new TrellisError(
    'core-refused',
    [`The types of ${name} have errors.`, ...places].join('\n'),
    { problems },
  );
}

/** The types of the releases of the newest line, the oldest first. */
async function releasedTypes(registry: Registry): Promise<readonly EarlierTypes[]> {
  const newest = await registry.newestRelease();
  if (newest === undefined) {
    throw new TrellisError(
      'no-release',
      'There is no release in the database yet: `npx trellis start` makes the first one, or name a workspace by --with.',
    );
  }
  const [line = '', number = ''] = newest.release.split('.');
  const found: EarlierTypes[] = [];
  for (let one = 1; one <= Number(number); one += 1) {
    const release = await registry.release(`${line}.${one}`);
    if (release === undefined) continue;
    const name = `release ${release.release}`;
    found.push({ name, types: soundTypes(new Map(Object.entries(release.files)), name) });
  }
  return found;
}
