import { Option } from 'commander';
import type { Command } from 'commander';
import type { Publish } from './publish.ts';
import type { Run, RunCommand, Shared } from './command-run.ts';

/** What somebody signs a command with. */
interface Signature {
  readonly as: string;
  readonly reason: string;
}

/** What a command that changes a published workflow is given. */
interface Changing extends Signature {
  readonly to: string;
  readonly token?: string;
}

/** Adds the commands about workflows on their way to be published, and out of force. */
export function addPublishingCommands(
  program: Command,
  run: RunCommand,
  workspace: () => Option,
  json: () => Option,
): void {
  program
    .command('publish')
    .argument('<workflow>', 'name of a workflow of the workspace')
    .option('--as <email>', 'who wrote it')
    .option('--dry-run', 'check and test it and say who has to look at it; nothing is sent')
    .description('send a workflow to those who have to look at it, or publish it where nobody has')
    .addOption(workspace())
    .addOption(json())
    .action((name: string, options: Shared & Publish) =>
      run(options, async (output) =>
        (await import('./publish.ts')).publishCommand(name, options, output),
      ),
    );
  program
    .command('upgrade')
    .argument('[workflow]', 'a workflow that a release has left behind (Default: list them)')
    .option('--as <email>', 'save the edit as a draft of this person')
    .description('bring workflows to the release in force by the edits that are made already')
    .addOption(json())
    .action((name: string | undefined, options: Shared & { as?: string }) =>
      run(options, async (output) => {
        const { upgradeList, upgradeOne } = await import('./upgrade.ts');
        return name === undefined ? upgradeList(output) : upgradeOne(name, options.as, output);
      }),
    );
  addReviewCommands(program, run, json);
  addWorkflowCommands(program, run, json);
  addGrantCommands(program, run, json);
}

function addReviewCommands(program: Command, run: RunCommand, json: () => Option): void {
  const review = program.command('review').description('drafts of workflows under review');
  review
    .command('list')
    .description('list what waits for a review')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./review.ts')).reviewList(output)),
    );
  review
    .command('approve')
    .argument('<id>', 'the id that the list shows')
    .requiredOption('--as <email>', 'who approves it; never its author')
    .addOption(token())
    .option('--reason <text>', 'why', '')
    .description('approve a draft; once nobody else has to look at it, it is published')
    .addOption(json())
    .action((id: string, options: Shared & Signature & { token?: string }) =>
      run(options, async (output) =>
        (await import('./review.ts')).reviewApprove(id, options, output),
      ),
    );
  signed(review.command('reject').argument('<id>', 'the id that the list shows'))
    .description('say no to a draft')
    .addOption(json())
    .action((id: string, options: Shared & Signature) =>
      run(options, async (output) =>
        (await import('./review.ts')).reviewReject(id, options, output),
      ),
    );
}

function addWorkflowCommands(program: Command, run: RunCommand, json: () => Option): void {
  const workflow = program.command('workflow').description('published workflows');
  workflow
    .command('versions')
    .argument('<workflow>', 'name of the workflow')
    .description('list its versions, by whom and when')
    .addOption(json())
    .action((name: string, options: Shared) =>
      run(options, async (output) =>
        (await import('./workflow.ts')).workflowVersions(name, output),
      ),
    );
  const changing = (
    name: string,
    description: string,
    change: (workflow: string, options: Changing) => Promise<Run>,
  ): Command =>
    signed(workflow.command(name).argument('<workflow>', 'name of the workflow'))
      .description(description)
      .addOption(json())
      .action((of: string, options: Shared & Changing) =>
        run(options, async (output) => (await change(of, options))(output)),
      );
  changing('retire', 'begin no more cases of it; those that run go on', async (name, options) => {
    const { workflowRetire } = await import('./workflow.ts');
    return (output) => workflowRetire(name, options, output);
  }).addOption(token());
  changing('restore', 'begin cases of a retired workflow again', async (name, options) => {
    const { workflowRestore } = await import('./workflow.ts');
    return (output) => workflowRestore(name, options, output);
  });
  changing('rollback', 'publish an old version anew', async (name, options) => {
    const { workflowRollback } = await import('./workflow.ts');
    return (output) => workflowRollback(name, options, output);
  })
    .requiredOption('--to <version>', 'the version that is published anew')
    .addOption(token());
}

function addGrantCommands(program: Command, run: RunCommand, json: () => Option): void {
  const grant = program.command('grant').description('what teams were granted');
  const of = (name: string): Command =>
    signed(
      grant
        .command(name)
        .argument('<team>', 'the team')
        .argument('[operation]', 'an operation (Default: all that the team was granted)'),
    ).addOption(json());
  grant
    .command('list')
    .description('list what teams were granted, what was used of it today, and what was revoked')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./grant.ts')).grantList(output)),
    );
  of('revoke')
    .option('--yes', 'do it; without it, it is shown what would stop')
    .description('stop what a team may use, on all hosts, without a release')
    .action(
      (
        team: string,
        operation: string | undefined,
        options: Shared & Signature & { yes?: boolean },
      ) =>
        run(options, async (output) =>
          (await import('./grant.ts')).grantRevoke(team, operation, options, output),
        ),
    );
  of('restore')
    .description('let a team use again what was revoked')
    .action((team: string, operation: string | undefined, options: Shared & Signature) =>
      run(options, async (output) =>
        (await import('./grant.ts')).grantRestore(team, operation, options, output),
      ),
    );
}

function signed(command: Command): Command {
  return command
    .requiredOption('--as <email>', 'who does it')
    .requiredOption('--reason <text>', 'why; it stands in the chain of governance acts');
}

function token(): Option {
  return new Option(
    '--token <token>',
    'what was shown; without it, it is shown and nothing is decided',
  );
}
