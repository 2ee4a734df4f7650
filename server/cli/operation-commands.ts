import type { Command, Option } from 'commander';
import type { ChangeWork } from './case.ts';
import { addChangeOptions } from './case-commands.ts';
import type { RunCommand, Shared } from './command-run.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import type { Migrate } from './migrate.ts';
import type { Fill } from '../../engine/index.ts';
import type { Prepare } from './operations.ts';

const PREPARED = [
  ['suspend', 'let nothing of the cases begin until they are resumed'],
  ['resume', 'let suspended cases go on'],
  ['cancel', 'call cases off; they take back what they did before they end'],
  ['retry', 'let work of incidents run again'],
] as const;

/** Adds the commands that change many cases: they prepare an operation first, and then start it. */
export function addOperationCommands(program: Command, run: RunCommand, json: () => Option): void {
  program
    .command('migrate')
    .argument('<workflow>', 'name of the workflow')
    .requiredOption('--to <version>', 'the version to take running cases to')
    .option('--from <version>', 'only cases of this version')
    .option('--case <reference>', 'only this case')
    .option('--map <old=new...>', 'the states that cases go on in, where theirs changed')
    .description('prepare to take running cases to another version; nothing happens to them yet')
    .addOption(json())
    .action((workflow: string, options: Shared & Migrate) =>
      run(options, async (output) =>
        (await import('./migrate.ts')).migrateCommand(workflow, options, output),
      ),
    );
  const operations = program.command('operations').description('changes of many cases at once');
  addPrepare(operations, run, json);
  operations
    .command('list')
    .description('list the newest ones')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./operations.ts')).listOperations(output)),
    );
  operations
    .command('start')
    .argument('<id>', 'the id that was shown when it was prepared')
    .requiredOption('--reason <text>', 'why; it stands in the history of each case')
    .description('change the cases of a prepared operation')
    .addOption(json())
    .action((id: string, options: Shared & { reason: string }) =>
      run(options, async (output) =>
        (await import('./operations.ts')).startOperation(id, options, output),
      ),
    );
  addOthers(operations, run, json);
}

function addPrepare(operations: Command, run: RunCommand, json: () => Option): void {
  const prepare = operations
    .command('prepare')
    .description('work out what a change would come to; nothing happens to the cases yet');
  addChangeOptions(prepare.command('modify'))
    .requiredOption('--workflow <name>', 'the running cases of this workflow')
    .description('change what cases carry, or where they are')
    .addOption(json())
    .action((options: Shared & ChangeWork & { workflow: string }) =>
      run(options, async (output) =>
        (await import('./operations.ts')).prepareModify(options.workflow, options, output),
      ),
    );
  prepare
    .command('backfill')
    .requiredOption('--type <name>', 'the locked type whose values lack the field')
    .requiredOption('--field <name>', 'the field')
    .requiredOption('--set <formula>', 'what it becomes; `old` is the value that lacks it')
    .description('fill a field of a locked type in running cases, where it is empty')
    .addOption(json())
    .action((options: Shared & Fill) =>
      run(options, async (output) =>
        (await import('./operations.ts')).prepareBackfill(options, output),
      ),
    );
  for (const [kind, description] of PREPARED) {
    const command = prepare
      .command(kind)
      .option('--workflow <name>', 'the running cases of this workflow')
      .option('--version <number>', 'only those of this version')
      .option('--reference <beginning>', 'only those whose reference begins like this')
      .description(description)
      .addOption(json());
    if (kind === 'retry') command.option('--cause <text>', 'the incidents of this cause');
    if (kind === 'cancel') command.option('--plain', 'leave what the cases did as it is');
    command.action((options: Shared & Prepare) =>
      run(options, async (output) =>
        (await import('./operations.ts')).prepareOperation(kind, options, output),
      ),
    );
  }
}

/** The work of a command on one operation. */
type OnOne = (id: string, output: Output) => Promise<ExitCode>;

function addOthers(operations: Command, run: RunCommand, json: () => Option): void {
  const others: readonly (readonly [name: string, description: string, work: OnOne])[] = [
    [
      'show',
      'show what one comes to',
      async (...of) => (await import('./operations.ts')).showOperation(...of),
    ],
    [
      'stop',
      'change no further case',
      async (...of) => (await import('./operations.ts')).stopOperation(...of),
    ],
    [
      'continue',
      'go on with one that was stopped',
      async (...of) => (await import('./operations.ts')).continueOperation(...of),
    ],
    [
      'undo',
      'prepare to take one back: what it suspended is resumed, what it filled taken out',
      async (...of) => (await import('./operations.ts')).undoOperation(...of),
    ],
  ];
  for (const [name, description, work] of others) {
    operations
      .command(name)
      .argument('<id>', 'the id that the list shows')
      .description(description)
      .addOption(json())
      .action((id: string, options: Shared) => run(options, (output) => work(id, output)));
  }
}
