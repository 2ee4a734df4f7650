import { TrellisError, examineWorkflow, publishingRules } from '../../engine/index.ts';
import { withPublishing } from '../host/with-publishing.ts';
import { reviewWords, whyReviewed } from '../views/texts/review-words.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { permit } from './permit.ts';
import { readWorkspace } from './read-workspace.ts';

export interface Publish {
  readonly as?: string;
  readonly dryRun?: boolean;
  readonly workspace?: string;
}

/** Sends a workflow of the workspace for review, or publishes it where nobody has to look at it. */
export async function publishCommand(
  name: string,
  { as: email, dryRun = false, workspace }: Publish,
  output: Output,
): Promise<ExitCode> {
  if (dryRun) return tryOut(name, workspace, output);
  if (email === undefined) {
    throw new TrellisError('bad-option', 'Say who wrote it: --as EMAIL. Or try it: --dry-run.');
  }
  const { workflows } = await readWorkspace(workspace, [name]);
  const found = workflows.find((one) => one.name === name);
  if (found === undefined) throw new TrellisError('no-workflow', `There is no workflow "${name}".`);
  return withPublishing(async ({ publishing, as }): Promise<ExitCode> => {
    const { actor, author } = await as(email);
    const { rules } = publishing.reviews;
    const { teams } = await publishing.teamsOf(found.source);
    permit(actor, 'workflow.write', { teams, rules });
    const { id } = await publishing.begin(found.source, author);
    const { draft, version } = await publishing.reviews.send(id, author);
    const { risk } = draft.review ?? {};
    if (version === undefined && risk !== undefined) {
      output.line(`${name}: sent for review as ${id}; ${reviewWords(risk, rules)}`);
      for (const why of whyReviewed(risk)) output.line(`        ${why}`);
    } else output.line(`${name}: published as version ${String(version)}`);
    output.result({ draft: id, status: draft.status, version, risk });
    return 0;
  });
}

/** Says what publishing would come to, without a database. Exit code 1 where it would be refused. */
async function tryOut(
  name: string,
  workspace: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const { core, workflows } = await readWorkspace(workspace, [name]);
  if (core === undefined) {
    throw new TrellisError('core-refused', 'The core has errors: `npx trellis check` shows them.');
  }
  const processes = [...core.core.processes].map(([of, source]) => ({ name: of, source }));
  const { problems, passed } = examineWorkflow(name, [...processes, ...workflows], core.view);
  for (const problem of problems) {
    output.line(showProblem(problem, `workflows/${name}/workflow.yaml`));
  }
  output.result({ workflow: name, problems, ...passed });
  if (passed === undefined) return 1;
  const { risk, tests } = passed;
  const rules = publishingRules(core.core.policies.publishing);
  const percent = (part: number): string => `${Math.floor(part * 100)} %`;
  output.line(`${name}: ${reviewWords(risk, rules)}`);
  for (const why of whyReviewed(risk)) output.line(`        ${why}`);
  output.line(
    `${name}: ${tests.cases} test cases reach ${percent(tests.coverage)} of its states and rules; ${percent(rules.coverage)} are asked for`,
  );
  for (const failed of tests.failed) output.line(`FAILED  ${failed}`);
  for (const problem of tests.problems) {
    output.line(showProblem(problem, `workflows/${name}/cases.yaml`));
  }
  const isWhole = tests.failed.length + tests.problems.length === 0;
  return isWhole && tests.coverage >= rules.coverage ? 0 : 1;
}
