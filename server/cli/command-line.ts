import { Command, CommanderError, Option } from 'commander';
import { SETTINGS } from '../settings.ts';
import { addCaseCommands } from './case-commands.ts';
import { addAuditCommands } from './audit-commands.ts';
import { addEraseCommand } from './erase-command.ts';
import { addArchiveCommands } from './archive-commands.ts';
import { addBackupCommands } from './backup-commands.ts';
import { addBundleCommands } from './bundle-commands.ts';
import type { RunCommand, Shared } from './command-run.ts';
import { addCoreCommands } from './core-commands.ts';
import type { ExitCode } from './exit-code.ts';
import type { UserLeaves } from './leave.ts';
import { addPublishingCommands } from './publishing-commands.ts';
import type { Replay } from './replay.ts';
import { addOperationCommands } from './operation-commands.ts';
import { createOutput } from './output.ts';
import type { TokenFor } from './token.ts';

/** Runs one command line and answers the exit code of the process. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  let ended: ExitCode = 0;
  const run: RunCommand = async (options, command) => {
    ended = await createOutput(options.json === true).guard(command);
  };
  const program = makeProgram(run);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return ended;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

function makeProgram(run: RunCommand): Command {
  const program = new Command('trellis')
    .description('A low-code workflow engine with a governed core and a flexible business layer.')
    .exitOverride()
    .showHelpAfterError('(add --help for what is expected)');
  const workspace = (): Option =>
    new Option('--workspace <folder>', 'folder with core-data and workflows').default(
      undefined,
      'the bundled company, or TRELLIS_WORKSPACE',
    );
  const json = (): Option => new Option('--json', 'print one JSON object');

  program
    .command('start', { isDefault: true })
    .description('start the host')
    .addHelpText('after', settingsHelp())
    .action(() => run({}, async (output) => (await import('./start.ts')).startCommand(output)));
  program
    .command('init')
    .argument('<folder>', 'where the workspace is made; it must be empty or not exist')
    .description('make a new workspace: a core with one type, one workflow and its test case')
    .addOption(json())
    .action((folder: string, options: Shared) =>
      run(options, async (output) => (await import('./init.ts')).initCommand(folder, output)),
    );
  program
    .command('check')
    .argument('[workflow...]', 'names of workflows (Default: all)')
    .description('check the core and the workflows; nothing runs')
    .addOption(workspace())
    .addOption(json())
    .action((names: string[], options: Shared & { workspace?: string }) =>
      run(options, async (output) =>
        (await import('./check.ts')).checkCommand(names, options.workspace, output),
      ),
    );
  program
    .command('test')
    .argument('[workflow...]', 'names of workflows (Default: all)')
    .description('play the test cases of workflows on a simulated clock, with mocks')
    .addOption(workspace())
    .addOption(json())
    .action((names: string[], options: Shared & { workspace?: string }) =>
      run(options, async (output) =>
        (await import('./test.ts')).testCommand(names, options.workspace, output),
      ),
    );
  addLockCommands(program, run, workspace, json);
  addCoreCommands(program, run, workspace, json);
  addPublishingCommands(program, run, workspace, json);
  addBundleCommands(program, run, json);
  addKeyCommand(program, run, json);
  addUserCommand(program, run, json);
  addCaseCommands(program, run, json);
  addOperationCommands(program, run, json);
  addHistoryCommands(program, run, json);
  addAuditCommands(program, run, json);
  addEraseCommand(program, run, json);
  addArchiveCommands(program, run, json);
  addBackupCommands(program, run, json);
  addTokenCommands(program, run, json);
  return program;
}

function addLockCommands(
  program: Command,
  run: RunCommand,
  workspace: () => Option,
  json: () => Option,
): void {
  const lock = program.command('lock').description('the lock of the core');
  lock
    .command('write')
    .description('write core.lock.json from the files, as the next release')
    .option('--key <file>', 'sign it with this key (Default: unsigned)')
    .addOption(workspace())
    .addOption(json())
    .action((options: Shared & { workspace?: string; key?: string }) =>
      run(options, async (output) =>
        (await import('./lock.ts')).lockWrite(options.workspace, options.key, output),
      ),
    );
  lock
    .command('approve')
    .description('approve the core as it is locked, with the key of somebody else than its author')
    .requiredOption('--key <file>', 'the key to sign with')
    .addOption(workspace())
    .addOption(json())
    .action((options: Shared & { workspace?: string; key: string }) =>
      run(options, async (output) =>
        (await import('./sign-lock.ts')).lockApprove(options.workspace, options.key, output),
      ),
    );
  lock
    .command('verify')
    .description('hold the files, and the signatures, against core.lock.json')
    .addOption(workspace())
    .addOption(json())
    .action((options: Shared & { workspace?: string }) =>
      run(options, async (output) =>
        (await import('./lock.ts')).lockVerify(options.workspace, output),
      ),
    );
}

function addKeyCommand(program: Command, run: RunCommand, json: () => Option): void {
  program
    .command('key')
    .description('the keys of those who propose and approve changes of the core')
    .command('make')
    .argument('<file>', 'where it is kept; its passphrase is read from standard input')
    .description('make a key for somebody')
    .requiredOption('--name <name>', 'whose key it is')
    .requiredOption('--email <email>', 'as which they sign in')
    .addOption(json())
    .action((file: string, options: Shared & { name: string; email: string }) =>
      run(options, async (output) =>
        (await import('./key-file.ts')).keyMake(file, options, output),
      ),
    );
}

function addUserCommand(program: Command, run: RunCommand, json: () => Option): void {
  const user = program.command('user').description('the people who may sign in');
  user
    .command('leave')
    .argument('<email>', 'the address to sign in with')
    .requiredOption('--reason <text>', 'why; it stands in the history of their cases')
    .option('--to <email>', 'who gets what was for them alone')
    .description('somebody has left: they can do nothing any more, and their work is handed on')
    .addOption(json())
    .action((email: string, options: Shared & UserLeaves) =>
      run(options, async (output) =>
        (await import('./leave.ts')).userLeave(email, options, output),
      ),
    );
  user
    .command('return')
    .argument('<email>', 'the address to sign in with')
    .description('somebody who had left works here again')
    .addOption(json())
    .action((email: string, options: Shared) =>
      run(options, async (output) => (await import('./leave.ts')).userReturn(email, output)),
    );
  user
    .command('add')
    .argument('<email>', 'the address to sign in with')
    .requiredOption('--name <name>', 'what people call them')
    .requiredOption('--role <role...>', 'roles of core.yaml')
    .option('--team <team...>', 'teams of core.yaml', [])
    .description('add somebody; the password is read from standard input, or made up and printed')
    .addOption(json())
    .action((email: string, options: Shared & { name: string; role: string[]; team: string[] }) =>
      run(options, async (output) => (await import('./user.ts')).userAdd(email, options, output)),
    );
}

function addHistoryCommands(program: Command, run: RunCommand, json: () => Option): void {
  program
    .command('verify')
    .description('the same as "audit verify --fold"; nothing is changed')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) =>
        (await import('./audit-verify.ts')).auditVerify({ fold: true }, output),
      ),
    );
  program
    .command('replay')
    .argument('<workflow>', 'name of the workflow')
    .requiredOption('--on <version>', 'the version to play the histories on')
    .option('--last <count>', 'how many of the newest cases', '100')
    .description('play stored histories on another version and explain every difference')
    .addOption(json())
    .action((workflow: string, options: Shared & Replay) =>
      run(options, async (output) =>
        (await import('./replay.ts')).replayCommand(workflow, options, output),
      ),
    );
}

function addTokenCommands(program: Command, run: RunCommand, json: () => Option): void {
  const token = program
    .command('token')
    .description('the programs and people that may use the API');
  token
    .command('add')
    .argument('<name>', 'what people call the program, or what the token is for')
    .option('--workflow <workflow...>', 'the workflows that a program may use')
    .option('--for <email>', 'the person in whose name it acts')
    .description('make a token; it is printed once, and only its hash is stored')
    .addOption(json())
    .action((name: string, options: Shared & TokenFor) =>
      run(options, async (output) => (await import('./token.ts')).tokenAdd(name, options, output)),
    );
  token
    .command('list')
    .description('list the tokens')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./token.ts')).tokenList(output)),
    );
  token
    .command('revoke')
    .argument('<id>', 'the id that the list shows')
    .description('take a token back')
    .addOption(json())
    .action((id: string, options: Shared) =>
      run(options, async (output) => (await import('./token.ts')).tokenRevoke(id, output)),
    );
}

function settingsHelp(): string {
  const width = Math.max(...SETTINGS.map(({ name }) => name.length));
  const lines = SETTINGS.map(
    ({ name, meaning, byDefault }) =>
      `  ${name.padEnd(width)}  ${meaning}\n  ${' '.repeat(width)}  (Default: ${byDefault})`,
  );
  return `\nSettings (environment):\n${lines.join('\n')}`;
}
