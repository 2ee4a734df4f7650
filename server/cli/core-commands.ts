import type { Command, Option } from 'commander';
import type { RunCommand, Shared } from './command-run.ts';

/** Adds the commands about the core: what it holds, who uses it, and what a change of it breaks. */
export function addCoreCommands(
  program: Command,
  run: RunCommand,
  workspace: () => Option,
  json: () => Option,
): void {
  const core = program
    .command('core')
    .description('the governed core: who uses what, what a change breaks');
  core
    .command('where-used')
    .argument('<name>', 'Quote, Quote.netTotal, oms.createOrder, core/create-order, role:sales-rep')
    .description('list where workflows and the core itself name it')
    .addOption(workspace())
    .addOption(json())
    .action((name: string, options: Shared & { workspace?: string }) =>
      run(options, async (output) =>
        (await import('./where-used.ts')).whereUsedCommand(name, options.workspace, output),
      ),
    );
  core
    .command('uses')
    .argument('<workflow>', 'a workflow, or a core process: core/create-order')
    .description('list what a workflow uses of the core')
    .addOption(workspace())
    .addOption(json())
    .action((name: string, options: Shared & { workspace?: string }) =>
      run(options, async (output) =>
        (await import('./where-used.ts')).usesCommand(name, options.workspace, output),
      ),
    );
  core
    .command('compare')
    .option('--with <folder>', 'another workspace (Default: the newest release in the database)')
    .description('hold the types against an earlier release, each by its compatibility')
    .addOption(workspace())
    .addOption(json())
    .action((options: Shared & { workspace?: string; with?: string }) =>
      run(options, async (output) =>
        (await import('./compare.ts')).compareCommand(options.workspace, options.with, output),
      ),
    );
  core
    .command('impact')
    .option(
      '--with <folder>',
      'the workspace of a changed core (Default: this workspace is the change, the newest release in the database stands)',
    )
    .description('tell what a change of the core breaks, and what it leaves alone')
    .addOption(workspace())
    .addOption(json())
    .action((options: Shared & { workspace?: string; with?: string }) =>
      run(options, async (output) =>
        (await import('./impact.ts')).impactCommand(options.workspace, options.with, output),
      ),
    );
  core
    .command('export')
    .argument('<folder>', 'where core-data is written')
    .option('--release <name>', 'which release (Default: the newest)')
    .description('write the files of a release, with its signed lock')
    .addOption(json())
    .action((folder: string, options: Shared & { release?: string }) =>
      run(options, async (output) =>
        (await import('./core-export.ts')).coreExport(folder, options.release, output),
      ),
    );
  core
    .command('propose')
    .requiredOption('--as <email>', 'who proposes; the passphrase is read from standard input')
    .requiredOption('--title <text>', 'what changes, in a few words')
    .requiredOption('--why <text>', 'why it is needed')
    .description(
      'propose the files of the workspace as the next release; no host may run on SQLite',
    )
    .addOption(workspace())
    .addOption(json())
    .action((options: Shared & { workspace?: string; as: string; title: string; why: string }) =>
      run(options, async (output) =>
        (await import('./core-propose.ts')).corePropose(options.workspace, options, output),
      ),
    );
  addDecisions(core, run, json);
}

/** What is proposed and released, and who decides about it. */
function addDecisions(core: Command, run: RunCommand, json: () => Option): void {
  core
    .command('releases')
    .description('list the releases: who proposed and approved each, and its digest')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./core-decide.ts')).coreReleases(output)),
    );
  core
    .command('proposals')
    .description('list the newest proposals, and what became of them')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./core-decide.ts')).coreProposals(output)),
    );
  core
    .command('approve')
    .argument('<proposal>', 'the number that the list shows')
    .requiredOption('--as <email>', 'who approves it; the passphrase is read from standard input')
    .option(
      '--digest <digest>',
      'of what was shown; without it, it is shown and nothing is decided',
    )
    .description('approve a proposal, never one of your own; the last approval releases it')
    .addOption(json())
    .action((number: string, options: Shared & { as: string; digest?: string }) =>
      run(options, async (output) =>
        (await import('./core-decide.ts')).coreApprove(number, options, output),
      ),
    );
  core
    .command('end')
    .argument('<proposal>', 'the number that the list shows')
    .requiredOption('--as <email>', 'its author, who withdraws it, or another, who rejects it')
    .requiredOption('--why <text>', 'why; it stands in the chain of governance acts')
    .description('withdraw or reject an open proposal')
    .addOption(json())
    .action((number: string, options: Shared & { as: string; why: string }) =>
      run(options, async (output) =>
        (await import('./core-decide.ts')).coreEnd(number, options, output),
      ),
    );
}
