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
import { upgradeFrom } from '../core/upgrade.ts';
import { UPGRADE_FILE, upgradeProblems } from '../upgrade/problems.ts';
import { noteOf } from '../upgrade/ready-edit.ts';
import type { ReadyEdit, ReadyNote } from '../upgrade/ready-edit.ts';
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
  /** Epoch milliseconds. */
  readonly now: number;
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
  /** What would not pass either, and may stay on its release until its owner has changed it. */
  readonly behind: readonly ArtefactImpact[];
  /** The last day for that, `2027-03-01`. */
  readonly until?: string;
  /** The edits that are made already of what does not pass any more. */
  readonly ready: readonly ReadyNote[];
  /** What uses what changes, and still passes. */
  readonly affected: readonly ArtefactImpact[];
  /** The digests of the workflows that pass, by {@link sourceDigest}. */
  readonly passed: readonly string[];
  readonly risk: Risk;
  /** Why the risk is high, a sentence each. */
  readonly reasons: readonly string[];
}

/** What tells of workflows what a change of the core does to them; it reads and checks them. */
export interface WorkflowJudge {
  impactOf(
    before: CoreState,
    after: CoreState,
    versions: readonly ImpactVersion[],
  ): readonly ArtefactImpact[];
  /** The edits that bring some of them to the changed core, as far as names tell them. */
  readyOf(
    before: CoreState,
    after: CoreState,
    versions: readonly ImpactVersion[],
    names: readonly string[],
  ): readonly ReadyEdit[];
}

/** Tells whether nothing stands against a change but the approval of others. */
export function isReleasable({ problems, forbidden, broken }: Judgement): boolean {
  const isWrong = problems.some(({ severity }) => severity === 'error');
  return !isWrong && forbidden.length === 0 && broken.length === 0;
}

/** Holds a change of the core against its own rules, against what was promised, and against use. */
export function judgeChange(proposed: ProposedChange, judge: WorkflowJudge): Judgement {
  const { earlier, change, release, workflows, now } = proposed;
  const base = earlier.at(-1);
  const files = new Map(Object.entries(base?.files ?? {}));
  const after = applyChange(files, change);
  const { core, problems } = readCore(after);
  const before = readCore(files, { isChecked: true }).core;
  if (core === undefined || before === undefined || base === undefined)
    return { ...NOTHING_FOUND, problems };
  const [was, is] = [stateOf(before, base.release), stateOf(core, release)];
  const inFormulas = evolutionProblems(was, is, after);
  const isWritten = typeof change[UPGRADE_FILE] === 'string';
  const sources = workflows.map(({ source }) => source);
  const around = { files: after, isWritten, workflows: sources, now };
  const inWay = [...inFormulas, ...upgradeProblems(was, is, around)];
  if (inWay.length > 0) return { ...NOTHING_FOUND, problems: [...problems, ...inWay] };
  const { behind: left, backfill } = upgradeFrom(core, base.release) ?? {};
  const impacts = judge.impactOf(was, is, workflows);
  const refusedNow = impacts.filter((one) => one.verdict === 'broken' && one.wasBroken !== true);
  const mayStay = ({ kind, name }: ArtefactImpact): boolean =>
    kind === 'workflow' && left?.workflows.includes(name) === true;
  const affected = impacts.filter((one) => one.verdict === 'affected');
  const forbidden = placeVerdicts(compareTypes(earlierTypes(earlier), core.types, backfill), after);
  const refused = new Set(
    impacts.filter(({ verdict }) => verdict === 'broken').map(({ name }) => name),
  );
  // What stands on an earlier release may have been refused by the one that is changed.
  const passed = workflows
    .filter((one) => one.release === base.release && !refused.has(one.name))
    .map(({ source }) => sourceDigest(source));
  const behind = refusedNow.filter(mayStay);
  return {
    ...{ problems, forbidden, affected, passed, behind },
    broken: refusedNow.filter((one) => !mayStay(one)),
    ready: judge
      .readyOf(
        was,
        is,
        workflows,
        refusedNow.map(({ name }) => name),
      )
      .map(noteOf),
    ...(behind.length > 0 && left !== undefined ? { until: left.until } : {}),
    ...riskOfChange(before, core),
  };
}

const NOTHING_FOUND: Omit<Judgement, 'problems'> = {
  ...{ forbidden: [], broken: [], behind: [], ready: [], affected: [], passed: [] },
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
