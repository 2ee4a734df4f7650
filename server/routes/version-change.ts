import { stateChanges } from '../../engine/index.ts';
import type {
  Definition,
  Problem,
  PublishingRules,
  ReviewFacts,
  Risk,
  TrellisError,
  Workflow,
  WorkflowSource,
} from '../../engine/index.ts';
import type { RiskView, VersionChange } from '../views/pages/version-change.ts';
import { CASE_FILTERS } from '../views/pages/cases-page.ts';
import type { ProblemView } from '../views/pages/review-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { fileChanges } from '../views/texts/file-change.ts';
import { reviewWords, whyReviewed } from '../views/texts/review-words.ts';
import type { Site } from './site.ts';

/** Says who has to look at a version, and why. */
export function riskView(
  { risk, coverage }: { readonly risk: Risk; readonly coverage: number },
  rules: PublishingRules,
): RiskView {
  const who = reviewWords(risk, rules);
  return {
    who: `${who.charAt(0).toUpperCase()}${who.slice(1)}.`,
    reasons: whyReviewed(risk),
    coverage: `Its test cases pass, and reach ${Math.floor(coverage * 100)} % of its states and rules.`,
  };
}

/** Says what a new version means for running cases; each number leads to those of the workflow. */
export function impactView(
  workflow: string,
  impact: ReviewFacts['impact'],
): VersionChange['impact'] {
  const href = withQuery(paths.cases, { [CASE_FILTERS.workflow]: workflow });
  return impact.map(({ version, states, count, verdict }) => {
    const means = verdict === 'can-move' ? 'could be moved to it' : 'need a mapping to be moved';
    return { count, href, text: `of version ${version} in ${states.join(', ')}: ${means}` };
  });
}

/** Draws a version with what is new and changed in it against the one that stands. */
export async function chartChange(
  { diagrams }: Site,
  standing: Definition | undefined,
  workflow: Workflow,
): Promise<Pick<VersionChange, 'diagram' | 'removed'>> {
  const { added, changed, removed } =
    standing === undefined
      ? { added: [], changed: [], removed: [] }
      : stateChanges(standing.compiled.workflow, workflow);
  const marks = { current: [], visited: [], added, changed };
  return { diagram: await diagrams.of(workflow, marks), removed };
}

/** Compares the files of two versions, line by line. */
export function sourceChanges(
  before: WorkflowSource | undefined,
  after: WorkflowSource,
): VersionChange['files'] {
  return fileChanges(filesOf(before), filesOf(after));
}

/** What the checker says, each with its place, its way and how to mend it. */
export function problemsOf({ data }: TrellisError): readonly ProblemView[] {
  const problems = (data['problems'] ?? []) as readonly Problem[];
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ file, position, message, fix, trace = [] }) => ({
      place: `${file ?? 'workflow.yaml'}${position === undefined ? '' : `:${position.line}`}`,
      message,
      ...(fix === undefined ? {} : { fix: fix.title }),
      ...(trace.length === 0 ? {} : { trace: trace.join(' → ') }),
    }));
}

function filesOf(source: WorkflowSource | undefined): Readonly<Record<string, string>> {
  return source === undefined ? {} : { 'workflow.yaml': source.text, ...source.files };
}
