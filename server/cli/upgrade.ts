import { TrellisError } from '../../engine/index.ts';
import type { ReadyEdit, UpgradeTask } from '../../engine/index.ts';
import { withPublishing } from '../host/with-publishing.ts';
import type { OpenedPublishing } from '../host/with-publishing.ts';
import type { ExitCode } from './exit-code.ts';
import { tellSource } from './file-lines.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { permit } from './permit.ts';

/** Lists the workflows that a release has left behind, the first due first. */
export async function upgradeList(output: Output): Promise<ExitCode> {
  return withPublishing(
    async ({ upgrades }): Promise<ExitCode> => {
      const tasks = await upgrades.tasks();
      for (const { workflow, version, release, to, until } of tasks)
        output.line(`${workflow}  version ${version} on release ${release}, to ${to} by ${until}`);
      if (tasks.length === 0) output.line('Every workflow stands on the release in force.');
      output.result(tasks);
      return 0;
    },
    { readsOnly: true },
  );
}

/**
 * Shows the edit that brings a workflow to the release in force; with a name saves it as a draft.
 * Exit code 1 where its check still finds errors, or none could be made.
 *
 * @throws `TrellisError` with code `no-upgrade`, `no-person` or `not-allowed`.
 */
export async function upgradeOne(
  name: string,
  email: string | undefined,
  output: Output,
): Promise<ExitCode> {
  return withPublishing(
    async (opened): Promise<ExitCode> => {
      const { upgrades, catalogue } = opened;
      const { published } = await catalogue.newest(name);
      const task = await upgrades.task(name);
      if (task === undefined) throw noUpgrade(name);
      const ready = await upgrades.ready(task);
      const { release, to, until } = task;
      output.line(`${name} is to come from release ${release} to ${to} by ${until}.`);
      if (ready === undefined) return byHand(task, output);
      tellSource(ready.source, published.source, output);
      for (const problem of ready.problems)
        output.line(showProblem(problem, problem.file ?? `${name}/workflow.yaml`));
      const draft = email === undefined ? undefined : await begin(ready, email, opened);
      output.line(
        draft === undefined
          ? `Nothing was saved. To save it as a draft: trellis upgrade ${name} --as EMAIL`
          : `Saved as draft ${draft}. Send it for review on its page.`,
      );
      output.result({ task, problems: ready.problems, draft });
      return ready.problems.length === 0 ? 0 : 1;
    },
    { readsOnly: email === undefined },
  );
}

function byHand(task: UpgradeTask, output: Output): ExitCode {
  output.line('No name in it has to change: what there is to do, its check says.');
  output.result({ task });
  return 1;
}

async function begin(
  { source }: ReadyEdit,
  email: string,
  { as, publishing }: OpenedPublishing,
): Promise<string> {
  const { actor, author } = await as(email);
  const { teams } = await publishing.teamsOf(source);
  permit(actor, 'workflow.write', { teams, rules: publishing.reviews.rules });
  return (await publishing.begin(source, author)).id;
}

function noUpgrade(name: string): TrellisError {
  return new TrellisError(
    'no-upgrade',
    `"${name}" stands on the release in force: there is nothing to bring in order.`,
  );
}
