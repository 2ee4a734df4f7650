import type { Command, Option } from 'commander';
import type { RunCommand, Shared } from './command-run.ts';

/** Adds the commands about finished cases that move to the archive. */
export function addArchiveCommands(program: Command, run: RunCommand, json: () => Option): void {
  const archive = program
    .command('archive')
    .description('where finished cases go, when the policies of the core say so');
  archive
    .command('status')
    .description('tell what is due, by workflow; nothing is moved')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./archive.ts')).archiveStatus(output)),
    );
  archive
    .command('run')
    .description('move all that is due, without the pauses that a host makes')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./archive.ts')).archiveRun(output)),
    );
}
