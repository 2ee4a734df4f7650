import type { Command, Option } from 'commander';
import type { RunCommand, Shared } from './command-run.ts';

/** Adds the commands about the core: what it holds, and who uses it. */
export function addCoreCommands(
  program: Command,
  run: RunCommand,
  workspace: () => Option,
  json: () => Option,
): void {
  const core = program.command('core').description('the governed core: who uses what');
  core
    .command('where-used')
    .argument('<name>', 'a type or a field of one: Quote, Quote.netTotal')
    .description('list where workflows and core processes name it')
    .addOption(workspace())
    .addOption(json())
    .action((name: string, options: Shared & { workspace?: string }) =>
      run(options, async (output) =>
        (await import('./where-used.ts')).whereUsedCommand(name, options.workspace, output),
      ),
    );
}
