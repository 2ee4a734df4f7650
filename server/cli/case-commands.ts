import type { Command, Option } from 'commander';
import type { MoveTimer } from './case-timers.ts';
import type { ChangeCase, ModifyCase } from './case.ts';
import type { RunCommand, Shared } from './command-run.ts';

const CASE_CHANGES = [
  ['suspend', 'let nothing of a case begin until it is resumed'],
  ['resume', 'let a suspended case go on'],
  ['cancel', 'call a case off; it takes back what it did before it ends'],
] as const;

/** Adds the commands that change one case. */
export function addCaseCommands(program: Command, run: RunCommand, json: () => Option): void {
  const cases = program.command('case').description('running cases');
  const modify = cases
    .command('modify')
    .argument('<reference>', 'what people call the case')
    .requiredOption('--reason <text>', 'why; it stands in the history of the case');
  addChangeOptions(modify)
    .description('change what a case carries, or where it is')
    .addOption(json())
    .action((reference: string, options: Shared & ModifyCase) =>
      run(options, async (output) =>
        (await import('./case.ts')).modifyCase(reference, options, output),
      ),
    );
  cases
    .command('timers')
    .argument('<reference>', 'what people call the case')
    .description('list the time limits of a case')
    .addOption(json())
    .action((reference: string, options: Shared) =>
      run(options, async (output) =>
        (await import('./case-timers.ts')).listTimers(reference, output),
      ),
    );
  cases
    .command('move-timer')
    .argument('<reference>', 'what people call the case')
    .requiredOption('--timer <name>', 'the time limit, as "case timers" lists it')
    .requiredOption('--to <time>', 'when it is to be up, like 2027-03-14T16:30')
    .requiredOption('--reason <text>', 'why; it stands in the history of the case')
    .option('--in <state>', 'its state, where several have such a time limit')
    .option('--item <number>', 'its item, counted from 0, where several have such a time limit')
    .description('let a time limit of a case be up at another time')
    .addOption(json())
    .action((reference: string, options: Shared & MoveTimer) =>
      run(options, async (output) =>
        (await import('./case-timers.ts')).moveTimer(reference, options, output),
      ),
    );
  for (const [change, description] of CASE_CHANGES) {
    const command = cases
      .command(change)
      .argument('<reference>', 'what people call the case')
      .requiredOption('--reason <text>', 'why; it stands in the history of the case')
      .description(description)
      .addOption(json());
    if (change === 'cancel') {
      command.option('--plain', 'leave what the case did as it is: nothing is taken back');
    }
    command.action((reference: string, options: Shared & ChangeCase) =>
      run(options, async (output) =>
        (await import('./case.ts')).changeCase(change, reference, options, output),
      ),
    );
  }
}

/** Adds what says how a case, or many, are changed. */
export function addChangeOptions(command: Command): Command {
  return command
    .option('--set <field=value...>', 'new values, as JSON or plain text')
    .option('--move <state>', 'the state to move to')
    .option('--from <state>', 'the state that it leaves')
    .option('--repeat <state>', 'the state to enter anew')
    .option('--skip <state>', 'the state whose work is skipped')
    .option('--outcome <name>', 'the outcome with which it is skipped')
    .option('--result <json>', 'the answer with which it is skipped');
}
