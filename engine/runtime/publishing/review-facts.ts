import { canonicalJson } from '../../governance/canonical-json.ts';
import { digestText } from '../../governance/digest.ts';
import { compileWorkflow } from '../../kernel/compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../../kernel/compile/compile-workflow.ts';
import { changedStates } from '../../kernel/transition/migrate.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { RunningCases } from '../../ports/worklist.ts';
import { assertShown, tokenOf } from './confirm-token.ts';
import type { ExaminedDraft } from './examine-draft.ts';
import type { PublishingParts } from './publishing-parts.ts';

/** What a new version means for running cases. Whatever it is, they stay on their own until they are moved. */
export interface RunningImpact extends RunningCases {
  /** Whether they could be moved to the new version as they are, or somebody has to say where to. */
  readonly verdict: 'can-move' | 'needs-mapping';
}

/** What somebody decides on who approves a draft. */
export interface ReviewFacts {
  /** Of the source. */
  readonly digest: string;
  /** The newest version of the workflow; 0 for a new one. */
  readonly newest: number;
  readonly release: string;
  readonly impact: readonly RunningImpact[];
}

/** Says of groups of running cases whether they could be moved to a new version. */
export async function impactOf(
  running: readonly RunningCases[],
  compiledOf: (version: number) => Promise<CompiledWorkflow>,
  next: CompiledWorkflow,
): Promise<readonly RunningImpact[]> {
  const changed = new Map<number, readonly string[]>();
  const impact: RunningImpact[] = [];
  for (const group of running) {
    const { version, states } = group;
    const inThere = changed.get(version) ?? changedStates(await compiledOf(version), next);
    changed.set(version, inThere);
    const isChanged = states.some((state) =>
      inThere.some((id) => state === id || state.startsWith(`${id}/`)),
    );
    impact.push({ ...group, verdict: isChanged ? 'needs-mapping' : 'can-move' });
  }
  return impact;
}

/** Gathers what publishing a source as the next version of its workflow is decided on. */
export async function reviewFacts(
  source: WorkflowSource,
  { core, workflow }: ExaminedDraft,
  { store, catalogue }: Pick<PublishingParts, 'store' | 'catalogue'>,
): Promise<ReviewFacts> {
  const { name } = source;
  const compiled = compileWorkflow(workflow, core.view, core.validator);
  const running = await store.worklist.running(name);
  const versionOf = async (version: number) => (await catalogue.version(name, version)).compiled;
  return {
    ...{ digest: draftDigest({ source }), newest: await newestVersion(name, store) },
    ...{ release: core.release, impact: await impactOf(running, versionOf, compiled) },
  };
}

/** The number of a workflow's newest version; 0 for one that does not stand. */
export async function newestVersion(
  name: string,
  { registry }: Pick<PublishingParts['store'], 'registry'>,
): Promise<number> {
  const all = await registry.newestVersions();
  return all.find((one) => one.name === name)?.version ?? 0;
}

/** The digest of what a draft says. */
export function draftDigest({ source }: { readonly source: WorkflowSource }): string {
  return digestText(canonicalJson({ ...source }));
}

/** What a token is made of, in this order, and how each part is called where it has changed. */
const PARTS = [
  'the draft',
  'the newest version of the workflow',
  'the release in force',
  'what it means for running cases',
] as const;

/**
 * Makes the token by which somebody approves what they were shown. Of the running cases it covers of
 * which versions there are some; in which states those are that need a mapping, and the magnitude of
 * their number. The others could be moved as they are, wherever they come to while somebody reads.
 */
export function confirmToken(facts: ReviewFacts): string {
  return tokenOf(factsIn(facts));
}

/**
 * Refuses a token that was made of other facts.
 * @throws `TrellisError` with code `review-stale`, which says what has changed.
 */
export function assertConfirmed(token: string, facts: ReviewFacts): void {
  assertShown(token, factsIn(facts), PARTS);
}

function factsIn({ digest, newest, release, impact }: ReviewFacts): readonly unknown[] {
  const needing = impact.filter(({ verdict }) => verdict === 'needs-mapping');
  const count = needing.reduce((sum, group) => sum + group.count, 0);
  const groups = needing.map(({ version, states }) => canonicalJson([version, [...states]])).sort();
  const versions = [...new Set(impact.map(({ version }) => version))].sort((a, b) => a - b);
  return [digest, newest, release, [versions, groups, String(count).length]];
}
