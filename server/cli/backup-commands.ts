import type { Command, Option } from 'commander';
import type { TakeBackup } from './backup.ts';
import type { RunCommand, Shared } from './command-run.ts';

/** Adds the commands that keep the database, and bring it back. */
export function addBackupCommands(program: Command, run: RunCommand, json: () => Option): void {
  program
    .command('backup')
    .option('--to <file>', 'where to (Default: a new file in "backups" of TRELLIS_DATA)')
    .option('--quick', 'do not hold every case of the copy against its history')
    .description('copy the database as it is at one moment, also beside running hosts')
    .addOption(json())
    .action((options: Shared & TakeBackup) =>
      run(options, async (output) => (await import('./backup.ts')).backupCommand(options, output)),
    );
  program
    .command('restore')
    .argument('<file>', 'what "backup" wrote')
    .description('bring a backup back where no database is; its effects are held back')
    .addOption(json())
    .action((file: string, options: Shared) =>
      run(options, async (output) => (await import('./restore.ts')).restoreCommand(file, output)),
    );
  const effects = program
    .command('effects')
    .description('what is held back after a restore: calls, mails, timers and schedules');
  effects
    .command('list', { isDefault: true })
    .description('list what waits')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./effects.ts')).effectsList(output)),
    );
  effects
    .command('hold')
    .description('hold back from now on, after a restore by other means; stop all hosts before')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./effects.ts')).effectsHold(output)),
    );
  effects
    .command('release')
    .argument('[name]', 'only these, as the list names them (Default: all; nothing waits any more)')
    .description('let what waits go')
    .addOption(json())
    .action((name: string | undefined, options: Shared) =>
      run(options, async (output) => (await import('./effects.ts')).effectsRelease(name, output)),
    );
  effects
    .command('refuse')
    .argument('<name>', 'as the list names them')
    .description('do not carry out what waits now: each becomes an incident')
    .addOption(json())
    .action((name: string, options: Shared) =>
      run(options, async (output) => (await import('./effects.ts')).effectsRefuse(name, output)),
    );
}
