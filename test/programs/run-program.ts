import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { reportOf, showFindings } from './report.ts';
import type { Findings } from './report.ts';

/** How a program ended. 0: every check passed; 1: one did not; 2: its options were wrong. */
export type ExitCode = 0 | 1 | 2;

/** Tells somebody who waits how far a program is. */
export type Progress = (line: string) => void;

/** A program that measures the product. All share `--json`, their output and their exit codes. */
export interface Program<O> {
  /** The name in the report. */
  readonly name: string;
  readonly description: string;
  /** Its own options; `--json` and `--help` are everybody's. */
  readonly options: readonly Option[];
  measure(options: O, progress: Progress): Promise<Findings>;
}

/** Where a program writes: the report goes to `out`, progress and what is wrong to `err`. */
export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
}

/**
 * Runs a measuring program: a table for people or, with `--json`, one object alone on the last line
 * of `out`. What `measure` throws is thrown.
 */
export async function runProgram<O extends object>(
  program: Program<O>,
  words: readonly string[],
  { out, err }: Streams = { out: process.stdout, err: process.stderr },
): Promise<ExitCode> {
  const command = new Command(program.name)
    .description(program.description)
    .option('--json', 'print one JSON object, alone on the last line')
    .exitOverride()
    .showHelpAfterError('(add --help for what is expected)')
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
    });
  for (const option of program.options) command.addOption(option);
  try {
    command.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  const options = command.opts<O & { readonly json?: boolean }>();
  const findings = await orSayStopped(program.name, err, () =>
    program.measure(options, (line) => err.write(`${line}\n`)),
  );
  const report = reportOf(program.name, findings);
  out.write(options.json === true ? `${JSON.stringify(report)}\n` : showFindings(findings));
  return report.failed === 0 ? 0 : 1;
}

/** A process whose work waits for what never comes just ends, and some packages see to it that with 0. */
async function orSayStopped<T>(
  name: string,
  err: Streams['err'],
  work: () => Promise<T>,
): Promise<T> {
  const stopped = (): void => {
    err.write(`${name} came to a stop before its end: what it waited for never came.\n`);
    process.exitCode = 1;
  };
  process.once('exit', stopped);
  try {
    return await work();
  } finally {
    process.off('exit', stopped);
  }
}

/** `--seconds N`: for how long each figure is measured. */
export function secondsOption(byDefault: number): Option {
  return new Option('--seconds <n>', 'for how long each figure is measured')
    .default(byDefault)
    .argParser(positiveNumber);
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Expected a number above 0.');
  }
  return value;
}

/** Reads `128`. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a whole number above 0.');
}

/** Reads `1,32,128`. */
export function wholeNumbers(text: string): readonly number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InvalidArgumentError('Expected whole numbers above 0 with commas between.');
    }
    return value;
  });
}
