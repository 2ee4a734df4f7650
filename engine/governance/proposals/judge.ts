import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import { compareTypes } from '../compatibility/compare-types.ts';
import type { EarlierTypes } from '../compatibility/compare-types.ts';
import type { PlacedVerdict } from '../compatibility/place-verdicts.ts';
import { placeVerdicts } from '../compatibility/place-verdicts.ts';
import type { Risk } from '../core/approval-routes.ts';
import { buildCoreView } from '../core/build-core-view.ts';
import type { Core } from '../core/core.ts';
import { readCore } from '../core/read-core.ts';
import { readTypes } from '../core/read-types.ts';
import { evolutionProblems } from '../evolution/problems.ts';
import type { CoreState } from '../impact/changed-core.ts';
import type { ArtefactImpact, ImpactVersion } from '../impact/impact.ts';
import { canonicalJson } from '../canonical-json.ts';
import { digestText } from '../digest.ts';
import { applyChange } from './changed-files.ts';
import type { ChangedFiles } from './proposal.ts';
import { riskOfChange } from './risk.ts';

/** A release with its files. */
export interface EarlierFiles {
  readonly release: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A change of the core with all that it is held against; plain data. */
export interface ProposedChange {
  /** The releases of the line, the oldest first; the last is the one that is changed. */
  readonly earlier: readonly EarlierFiles[];
  readonly change: ChangedFiles;
  /** The name of the release that it would be. */
  readonly release: string;
  /** The newest version of each workflow. */
  readonly workflows: readonly StandingVersion[];
}

/** A version with the release that it passed its check against. */
export interface StandingVersion extends ImpactVersion {
  readonly release: string;
}

/** What a change of the core would come to. */
export interface Judgement {
  /** What is wrong in its files; nothing else was looked at where there is an error. */
  readonly problems: readonly Problem[];
  /** Changes of types that their modes forbid. */
  readonly forbidden: readonly PlacedVerdict[];
  /** What would not pass its check any more, for this change. */
  readonly broken: readonly ArtefactImpact[];
  /** What uses what changes, and still passes. */
  readonly affected: readonly ArtefactImpact[];
  /** The digests of the workflows that pass, by {@link sourceDigest}. */
  readonly passed: readonly string[];
  readonly risk: Risk;
  /** Why the risk is high, a sentence each. */
  readonly reasons: readonly string[];
}

/** Tells what a change of the core does to everything that may use it. */
export type JudgeImpact = (
  before: CoreState,
  after: CoreState,
  versions: readonly ImpactVersion[],
) => readonly ArtefactImpact[];

/** Tells whether nothing stands against a change but the approval of others. */
export function isReleasable({ problems, forbidden, broken }: Judgement): boolean {
  const isWrong = problems.some(({ severity }) => severity === 'error');
  return !isWrong && forbidden.length === 0 && broken.length === 0;
}

/** Holds a change of the core against its own rules, against what was promised, and against use. */
export function judgeChange(proposed: ProposedChange, impactOf: JudgeImpact): Judgement {
  const { earlier, change, release, workflows } = proposed;
  const base = earlier.at(-1);
  const files = new Map(Object.entries(base?.files ?? {}));
  const after = applyChange(files, change);
  const { core, problems } = readCore(after);
  const before = readCore(files, { isChecked: true }).core;
  if (core === undefined || before === undefined || base === undefined)
    return { ...NOTHING_FOUND, problems };
  const [was, is] = [stateOf(before, base.release), stateOf(core, release)];
  const inFormulas = evolutionProblems(was, is, after);
  if (inFormulas.length > 0) return { ...NOTHING_FOUND, problems: [...problems, ...inFormulas] };
  const impacts = impactOf(was, is, workflows);
  const broken = impacts.filter((one) => one.verdict === 'broken' && one.wasBroken !== true);
  const affected = impacts.filter((one) => one.verdict === 'affected');
  const forbidden = placeVerdicts(compareTypes(earlierTypes(earlier), core.types), after);
  const refused = new Set(
    impacts.filter(({ verdict }) => verdict === 'broken').map(({ name }) => name),
  );
  // What stands on an earlier release may have been refused by the one that is changed.
  const passed = workflows
    .filter((one) => one.release === base.release && !refused.has(one.name))
    .map(({ source }) => sourceDigest(source));
  return { problems, forbidden, broken, affected, passed, ...riskOfChange(before, core) };
}

const NOTHING_FOUND: Omit<Judgement, 'problems'> = {
  ...{ forbidden: [], broken: [], affected: [], passed: [] },
  ...{ risk: 'high', reasons: [] },
};

function stateOf(core: Core, release: string): CoreState {
  return { core, view: buildCoreView(core, release) };
}

/** The SHA-256 of a workflow as it was written, with its files. */
export function sourceDigest(source: WorkflowSource): string {
  return digestText(canonicalJson(source));
}

function earlierTypes(earlier: readonly EarlierFiles[]): readonly EarlierTypes[] {
  return earlier.flatMap(({ release, files }) => {
    const { types } = readTypes(new Map(Object.entries(files)));
    return types === undefined ? [] : [{ name: `release ${release}`, types }];
  });
}
