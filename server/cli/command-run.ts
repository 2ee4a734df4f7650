import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** A command reads its own modules only when it runs, so that each of them starts quickly. */
export type Run = (output: Output) => Promise<ExitCode>;

/** What every command takes. */
export interface Shared {
  readonly json?: boolean;
}

/** Runs a command of the command line. */
export type RunCommand = (options: Shared, command: Run) => Promise<void>;
