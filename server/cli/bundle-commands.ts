import type { Command, Option } from 'commander';
import type { RunCommand, Shared } from './command-run.ts';
import type { Import } from './import.ts';

/** Adds the commands by which a core and workflows go from one environment to another. */
export function addBundleCommands(program: Command, run: RunCommand, json: () => Option): void {
  const exporting = program
    .command('export')
    .description('write what is in force into one file, for another environment');
  exporting
    .command('core')
    .argument('<file>', 'the bundle that is written')
    .option('--release <name>', 'which release (Default: the newest)')
    .description('a release of the core with its signed lock')
    .addOption(json())
    .action((file: string, options: Shared & { release?: string }) =>
      run(options, async (output) =>
        (await import('./export.ts')).exportCore(file, options.release, output),
      ),
    );
  exporting
    .command('workflows')
    .argument('<file>', 'the bundle that is written')
    .argument('[workflow...]', 'online-quote, or online-quote@2 (Default: all that are in force)')
    .description('published workflows with their test cases, and all that they run')
    .addOption(json())
    .action((file: string, names: string[], options: Shared) =>
      run(options, async (output) =>
        (await import('./export.ts')).exportWorkflows(file, names, output),
      ),
    );
  program
    .command('import')
    .argument('<file>', 'a bundle of another environment')
    .option('--dry-run', 'say what it would change and what it lacks here; nothing is written')
    .option('--as <email>', 'who brings it in; a core also asks for the passphrase of their key')
    .option('--why <text>', 'why a core is brought in')
    .description('propose the core, or send the workflows for review, that a bundle holds')
    .addOption(json())
    .action((file: string, options: Shared & Import) =>
      run(options, async (output) =>
        (await import('./import.ts')).importCommand(file, options, output),
      ),
    );
}
