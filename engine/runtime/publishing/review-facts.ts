import { canonicalJson } from '../../governance/canonical-json.ts';
import { digestText } from '../../governance/digest.ts';
import type { CompiledWorkflow } from '../../kernel/compile/compile-workflow.ts';
import { TrellisError } from '../../kernel/errors.ts';
import { changedStates } from '../../kernel/transition/migrate.ts';
import type { WorkflowDraft } from '../../ports/drafts.ts';
import type { RunningCases } from '../../ports/worklist.ts';

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

/** The digest of what a draft says. */
export function draftDigest({ source }: Pick<WorkflowDraft, 'source'>): string {
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
 * Makes the token by which somebody approves what they were shown. Of the running cases it covers in
 * which states of which versions they are and what becomes of those, and the magnitude of the number
 * that needs a mapping: cases come and go while somebody reads.
 */
export function confirmToken({ digest, newest, release, impact }: ReviewFacts): string {
  const needing = impact
    .filter(({ verdict }) => verdict === 'needs-mapping')
    .reduce((sum, { count }) => sum + count, 0);
  const groups = impact
    .map(({ version, states, verdict }) => canonicalJson([version, [...states], verdict]))
    .sort();
  const facts = [digest, newest, release, [groups, String(needing).length]];
  return facts.map((fact) => digestText(canonicalJson(fact)).slice(0, 16)).join('-');
}

/**
 * Refuses a token that was made of other facts.
 * @throws `TrellisError` with code `review-stale`, which says what has changed.
 */
export function assertConfirmed(token: string, facts: ReviewFacts): void {
  const given = token.split('-');
  const now = confirmToken(facts).split('-');
  const changed = PARTS.filter((_name, index) => given[index] !== now[index]);
  if (changed.length === 0) return;
  throw new TrellisError(
    'review-stale',
    `This has changed since it was shown: ${changed.join(', ')}. Look at it again; nothing was decided.`,
    { changed },
  );
}
