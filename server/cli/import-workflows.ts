import { isDeepStrictEqual } from 'node:util';
import { TrellisError, workflowsOfBundle } from '../../engine/index.ts';
import type {
  Actor,
  Examination,
  Publishing,
  Store,
  WorkflowBundle,
  WorkflowSource,
} from '../../engine/index.ts';
import { withPublishing } from '../host/with-publishing.ts';
import type { OpenedPublishing } from '../host/with-publishing.ts';
import { reviewWords, whyReviewed } from '../views/texts/review-words.ts';
import type { ExitCode } from './exit-code.ts';
import { tellSource } from './file-lines.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { permit } from './permit.ts';

/** What became of one workflow of a bundle. */
interface Entered {
  readonly name: string;
  readonly draft: string;
  readonly status: string;
  readonly version?: number;
  /** Why it is a draft still, and not sent. */
  readonly left?: string;
}

/** The most drafts of a workflow that are looked through for one that says the same. */
const MOST = 100;

/**
 * Brings workflows of another environment in as drafts, and sends each for review by the rules that
 * hold here, in the name of who signs in by `email`. They are checked together under the core in force;
 * where one is refused, nothing is written. Without a name it says what that would come to.
 *
 * @throws `TrellisError` with code `bundle-unreadable`, `no-person` or `not-allowed`.
 */
export async function importWorkflows(
  bundle: WorkflowBundle,
  email: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const all = workflowsOfBundle(bundle);
  return withPublishing(
    async (opened): Promise<ExitCode> => {
      const { release } = bundle.release;
      output.line(`From ${bundle.company}, published on release ${release} of its core.`);
      const standing = new Map(opened.catalogue.list().map((one) => [one.name, one]));
      const changed: WorkflowSource[] = [];
      for (const { source, version } of all) {
        const stands = standing.get(source.name);
        const isSame =
          stands !== undefined && isDeepStrictEqual(asWritten(stands.source), asWritten(source));
        if (isSame) output.line(`${source.name}: is in force here as version ${stands.version}`);
        else {
          changed.push(source);
          const here = stands === undefined ? 'new here' : `version ${stands.version} here`;
          output.line(`${source.name}: version ${version} there, ${here}`);
          if (email === undefined) tellSource(source, stands?.source, output);
        }
      }
      if (changed.length === 0) {
        output.line('All of it is in force here: there is nothing to do.');
        output.result({ kind: 'workflows', workflows: [] });
        return 0;
      }
      const examined = await opened.publishing.tryOut(changed);
      const isRight = tellExamined(examined, opened, output);
      if (isRight && email !== undefined) return enter(changed, email, opened, output);
      output.line('Nothing was written.');
      output.result({ kind: 'workflows', workflows: examined });
      return isRight ? 0 : 1;
    },
    { readsOnly: email === undefined },
  );
}

function asWritten({ text, files }: WorkflowSource): object {
  return { text, files: { ...files } };
}

/** Says what was found of each; answers whether all could be sent. */
function tellExamined(
  examined: readonly (Examination & { readonly name: string })[],
  { publishing }: OpenedPublishing,
  output: Output,
): boolean {
  const { rules } = publishing.reviews;
  return examined
    .map(({ name, problems, passed }) => {
      for (const problem of problems)
        output.line(showProblem(problem, `workflows/${name}/${problem.file ?? 'workflow.yaml'}`));
      if (passed === undefined) {
        output.line(`${name}: refused by the core in force here`);
        return false;
      }
      const { risk, tests } = passed;
      output.line(`${name}: ${reviewWords(risk, rules)}`);
      for (const why of whyReviewed(risk)) output.line(`        ${why}`);
      for (const failed of tests.failed) output.line(`${name}: FAILED  ${failed}`);
      const isCovered = tests.coverage >= rules.coverage;
      if (!isCovered)
        output.line(
          `${name}: its test cases reach ${percent(tests.coverage)} of its states and rules; ${percent(rules.coverage)} are asked for here`,
        );
      return isCovered && tests.failed.length + tests.problems.length === 0;
    })
    .every(Boolean);
}

async function enter(
  sources: readonly WorkflowSource[],
  email: string,
  { publishing, store, as }: OpenedPublishing,
  output: Output,
): Promise<ExitCode> {
  const { actor, author } = await as(email);
  const { rules } = publishing.reviews;
  for (const source of sources) {
    const { teams } = await publishing.teamsOf(source);
    permit(actor, 'workflow.write', { teams, rules });
  }
  const entered: Entered[] = [];
  for (const source of sources) {
    const same = await sameDraft(source, store);
    entered.push(same ?? (await send(source, author, publishing)));
  }
  for (const one of entered) output.line(wordsOf(one));
  output.result({ kind: 'workflows', workflows: entered });
  return entered.every(({ left }) => left === undefined) ? 0 : 1;
}

/** An open draft that says the same: bringing it in again changes nothing. */
async function sameDraft(
  source: WorkflowSource,
  { drafts }: Pick<Store, 'drafts'>,
): Promise<Entered | undefined> {
  const statuses = ['draft', 'in-review'] as const;
  for (const { id } of await drafts.list({ workflow: source.name, statuses }, MOST)) {
    const draft = await drafts.draft(id);
    if (draft !== undefined && isDeepStrictEqual(asWritten(draft.source), asWritten(source)))
      return { name: source.name, draft: id, status: draft.status };
  }
  return undefined;
}

/** Begins a draft and sends it. What it runs may wait for a review itself: then it stays a draft. */
async function send(
  source: WorkflowSource,
  author: Actor,
  publishing: Publishing,
): Promise<Entered> {
  const { id } = await publishing.begin(source, author);
  try {
    const { draft, version } = await publishing.reviews.send(id, author);
    const { status } = draft;
    return { name: source.name, draft: id, status, ...(version === undefined ? {} : { version }) };
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'draft-refused') throw error;
    return { name: source.name, draft: id, status: 'draft', left: error.message };
  }
}

function wordsOf({ name, draft, status, version, left }: Entered): string {
  if (version !== undefined) return `${name}: published as version ${version}`;
  if (left !== undefined)
    return `${name}: is a draft, ${draft}. Send it once what it runs is published. ${left}`;
  return status === 'in-review'
    ? `${name}: is under review as ${draft}`
    : `${name}: is a draft, ${draft}`;
}

function percent(part: number): string {
  return `${Math.floor(part * 100)} %`;
}
