import {
  Catalogue,
  TrellisError,
  checkTogether,
  createSystemClock,
  createWorkshop,
  impactOfCore,
  impactOnStore,
  loadCore,
  readCore,
  unpublishedVersions,
  upgradeFrom,
} from '../../engine/index.ts';
import type {
  ArtefactImpact,
  CasesImpact,
  Core,
  CoreState,
  LoadedCore,
  Problem,
} from '../../engine/index.ts';
import type { PlacedUse, RecordsImpact, Store, StoreImpact, Upgrade } from '../../engine/index.ts';
import { workspaceSetting } from '../config.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { readWorkspace } from './read-workspace.ts';

/**
 * Tells what a change of the core does to everything that uses it. The change is what the core of
 * another folder says beside that of the workspace; without a folder, what the workspace says beside
 * the newest release in the database. Exit code 1 where something is broken.
 * @throws `TrellisError` with code `core-refused`, or `no-release` where there is none yet.
 */
export async function impactCommand(
  workspace: string | undefined,
  proposed: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const files = await readCoreFiles(proposed ?? workspaceSetting(workspace));
  const { core, problems } = readCore(files);
  if (core === undefined) {
    for (const one of problems) output.line(showProblem(one, `core-data/${one.file ?? ''}`));
    output.line('The changed core has errors: what uses it was not looked at.');
    output.result({ problems, impacts: [] });
    return 1;
  }
  const { artefacts, cases, records, release } =
    proposed === undefined
      ? await withStoreToRead((store) => impactOnDatabase(store, core))
      : { ...(await impactOnFiles(workspace, core, output)), cases: [], records: [] };
  const { behind } = upgradeFrom(core, release) ?? {};
  for (const impact of artefacts) showImpact(impact, behind, output);
  for (const impact of cases) showCases(impact, output);
  for (const impact of records) showRecords(impact, output);
  output.line(counted(artefacts));
  output.result({ impacts: artefacts, cases, records });
  const isBroken =
    artefacts.some((one) => isNewlyBroken(one) && !mayStay(one, behind)) ||
    [...cases, ...records].some(({ invalid }) => invalid > 0);
  return isBroken ? 1 : 0;
}

/** What was found, and the release that the change is held against. */
interface FoundImpact {
  readonly artefacts: readonly ArtefactImpact[];
  readonly release: string;
}

async function impactOnFiles(
  workspace: string | undefined,
  changed: Core,
  output: Output,
): Promise<FoundImpact> {
  const { folder, core: before, coreProblems, workflows } = await readWorkspace(workspace, []);
  if (before === undefined) throw refused(folder, coreProblems);
  const checked = checkTogether(workflows, before.view);
  for (const { name } of checked.refused) {
    output.line(`${name} has errors as it stands, and was left out.`);
  }
  const after = asRelease(changed, before.release);
  const artefacts = impactOfCore(before, after, unpublishedVersions(checked));
  return { artefacts, release: before.release };
}

async function impactOnDatabase(store: Store, changed: Core): Promise<StoreImpact & FoundImpact> {
  const catalogue = new Catalogue(store.registry);
  const newest = await store.registry.newestRelease();
  if (newest === undefined) {
    throw new TrellisError(
      'no-release',
      'There is no release in the database yet: `npx trellis start` makes the first one, or name the folder of a changed core by --with.',
    );
  }
  const before = await catalogue.adopt(newest);
  const after = asRelease(changed, newest.release);
  const workshop = createWorkshop();
  try {
    const found = await impactOnStore(
      {
        ...{ store, catalogue, now: createSystemClock().now() },
        impactOf: (versions) =>
          workshop.impact({ before: stateOf(before), after: stateOf(after), versions }),
      },
      { before, after },
    );
    return { ...found, release: newest.release };
  } finally {
    await workshop.close();
  }
}

/** What of a core can be handed to another thread. */
function stateOf({ core, view }: LoadedCore): CoreState {
  return { core, view };
}

/** A changed core as if it were this release; where it is of another line, as that line's first. */
function asRelease(core: Core, release: string): LoadedCore {
  const { line } = core.settings;
  return loadCore(core, release.startsWith(`${line}.`) ? release : `${line}.1`);
}

function refused(name: string, problems: readonly Problem[]): TrellisError {
  const places = problems.map((problem) => showProblem(problem, `core-data/${problem.file ?? ''}`));
  return new TrellisError(
    'core-refused',
    [`The core of ${name} has errors.`, ...places].join('\n'),
    {
      problems,
    },
  );
}

function isNewlyBroken({ verdict, wasBroken }: ArtefactImpact): boolean {
  return verdict === 'broken' && wasBroken !== true;
}

type Behind = Upgrade['behind'];

/** Whether the change itself lets a workflow stay on its release for a while. */
function mayStay({ kind, name }: ArtefactImpact, behind: Behind): boolean {
  return kind === 'workflow' && behind?.workflows.includes(name) === true;
}

function showImpact(impact: ArtefactImpact, behind: Behind, output: Output): void {
  const { kind, name, version, verdict, uses, problems, wasBroken } = impact;
  if (verdict === 'safe') return;
  const numbered = version === undefined ? name : `${name} version ${version}`;
  const before = wasBroken === true ? ', as it is by the release in force' : '';
  const stays = mayStay(impact, behind) ? `, and may stay behind until ${behind?.until ?? ''}` : '';
  output.line(`${verdict}  ${kind} ${numbered}${before}${stays}`);
  for (const problem of problems) {
    const file = problem.file ?? `workflows/${name}/workflow.yaml`;
    output.line(`    ${showProblem(problem, file).replaceAll('\n', '\n    ')}`);
  }
  for (const use of uses) output.line(`    ${showUse(use)}`);
}

function showCases(impact: CasesImpact, output: Output): void {
  const { workflow, version, cases, states, invalid, examples } = impact;
  const places = Object.entries(states).map(([state, count]) => `${count} in ${state}`);
  const where = places.length === 0 ? '' : `: ${places.join(', ')}`;
  output.line(`running  ${workflow} version ${version}, ${cases} cases${where}`);
  if (invalid === 0) return;
  output.line(`    ${invalid} of them cannot move to the changed core as they are:`);
  for (const { reference, field, message } of examples) {
    output.line(`    ${reference}  ${field} ${message}`);
  }
  if (invalid > examples.length) output.line(`    and ${invalid - examples.length} more`);
}

function showRecords({ type, records, invalid, wrong }: RecordsImpact, output: Output): void {
  output.line(`records  ${type}, ${records} records, ${invalid} with a value that would be wrong`);
  for (const { field, message, count } of wrong)
    output.line(`    ${field} ${message}, in ${count}`);
}

function showUse({ file, position, kind, words, what }: PlacedUse): string {
  return `${file}:${position.line}:${position.column}  ${kind}  ${words}  (${what})`;
}

function counted(impacts: readonly ArtefactImpact[]): string {
  const count = (verdict: ArtefactImpact['verdict']): number =>
    impacts.filter((one) => one.verdict === verdict).length;
  return `${count('broken')} broken, ${count('affected')} affected, ${count('safe')} safe.`;
}
