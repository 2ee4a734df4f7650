import type { Command, Option } from 'commander';
import type { Erase } from './erase.ts';
import type { RunCommand, Shared } from './command-run.ts';

/** Adds the command by which personal data is erased. */
export function addEraseCommand(program: Command, run: RunCommand, json: () => Option): void {
  program
    .command('erase')
    .option('--case <reference>', 'all that is personal in one case, and in those that it ran')
    .option('--person <value>', 'wherever this stands in a personal field, e.g. an email address')
    .option('--person-from <file>', 'the same, read from a file, or with "-" from standard input')
    .requiredOption('--as <email>', 'who erases it: somebody of data protection')
    .option('--reason <text>', 'why; it stays for good, so name nobody in it')
    .option('--confirm <token>', 'what was shown; without it, it is shown and nothing is erased')
    .option(
      '--rewrite',
      'write the files of the database anew afterwards, or with nothing else now',
    )
    .description('erase personal data of cases that have ended, and of records')
    .addOption(json())
    .action((options: Shared & Erase) =>
      run(options, async (output) => (await import('./erase.ts')).eraseCommand(options, output)),
    );
}
