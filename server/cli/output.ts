import { TrellisError } from '../../engine/index.ts';
import type { Problem } from '../../engine/index.ts';
import type { ExitCode } from './exit-code.ts';

/** Where a command says what it found: lines for people, or one object for programs. */
export interface Output {
  readonly json: boolean;
  /** A line for people; nothing in JSON. */
  line(text?: string): void;
  /** The one object of `--json`; nothing otherwise. */
  result(value: unknown): void;
  /** Runs a command; what it refuses is said, and gives exit code 2. */
  guard(command: (output: Output) => Promise<ExitCode>): Promise<ExitCode>;
}

export function createOutput(json: boolean): Output {
  const output: Output = {
    json,
    line: (text = '') => {
      if (!json) process.stdout.write(`${text}\n`);
    },
    result: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    guard: async (command) => {
      try {
        return await command(output);
      } catch (error) {
        if (!(error instanceof TrellisError)) throw error;
        const { code, message, data } = error;
        if (json) output.result({ error: { code, message, data } });
        else process.stderr.write(`${message}\n`);
        return 2;
      }
    },
  };
  return output;
}

/** Writes a problem as one line, with its place in front and its cure below. */
export function showProblem(problem: Problem, file: string): string {
  const { position, severity, code, message, fix, trace } = problem;
  const place = position === undefined ? file : `${file}:${position.line}:${position.column}`;
  const lines = [`${place}  ${severity}  ${message}  [${code}]`];
  if (trace !== undefined && trace.length > 0) lines.push(`    on the way ${trace.join(' → ')}`);
  if (fix !== undefined) lines.push(`    fix: ${fix.title}`);
  return lines.join('\n');
}
