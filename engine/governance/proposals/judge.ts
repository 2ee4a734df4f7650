import type { CoreView } from '../../kernel/core-view.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import { compareTypes } from '../compatibility/compare-types.ts';
import type { EarlierTypes } from '../compatibility/compare-types.ts';
import type { PlacedVerdict } from '../compatibility/place-verdicts.ts';
import { placeVerdicts } from '../compatibility/place-verdicts.ts';
import type { Risk } from '../core/approval-routes.ts';
import { buildCoreView } from '../core/build-core-view.ts';
import { readCore } from '../core/read-core.ts';
import { readTypes } from '../core/read-types.ts';
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
  readonly workflows: readonly WorkflowSource[];
}

/** A workflow that would not pass its check any more. */
export interface BrokenWorkflow {
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** What a change of the core would come to. */
export interface Judgement {
  /** What is wrong in its files; nothing else was looked at where there is an error. */
  readonly problems: readonly Problem[];
  /** Changes of types that their modes forbid. */
  readonly forbidden: readonly PlacedVerdict[];
  readonly broken: readonly BrokenWorkflow[];
  /** The digests of the workflows that pass, by {@link sourceDigest}. */
  readonly passed: readonly string[];
  readonly risk: Risk;
  /** Why the risk is high, a sentence each. */
  readonly reasons: readonly string[];
}

/** Checks workflows that may run one another against a core; tells those that it refuses. */
export type CheckWorkflows = (
  sources: readonly { readonly name: string; readonly source: WorkflowSource }[],
  core: CoreView,
) => { readonly refused: readonly BrokenWorkflow[] };

/** Tells whether nothing stands against a change but the approval of others. */
export function isReleasable({ problems, forbidden, broken }: Judgement): boolean {
  const isWrong = problems.some(({ severity }) => severity === 'error');
  return !isWrong && forbidden.length === 0 && broken.length === 0;
}

/** Holds a change of the core against its own rules, against what was promised, and against use. */
export function judgeChange(proposed: ProposedChange, check: CheckWorkflows): Judgement {
  const { earlier, change, release, workflows } = proposed;
  const base = new Map(Object.entries(earlier.at(-1)?.files ?? {}));
  const after = applyChange(base, change);
  const { core, problems } = readCore(after);
  const before = readCore(base, { isChecked: true }).core;
  if (core === undefined || before === undefined)
    return { problems, forbidden: [], broken: [], passed: [], risk: 'high', reasons: [] };
  const sources = workflows.map((source) => ({ name: source.name, source }));
  const { refused } = check(sources, buildCoreView(core, release));
  const broken = refused.map((one) => ({ name: one.name, problems: one.problems }));
  const forbidden = placeVerdicts(compareTypes(earlierTypes(earlier), core.types), after);
  const passed = workflows
    .filter(({ name }) => broken.every((one) => one.name !== name))
    .map(sourceDigest);
  return { problems, forbidden, broken, passed, ...riskOfChange(before, core) };
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
