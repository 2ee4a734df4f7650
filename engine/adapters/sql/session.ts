import type { Value } from './columns.ts';

/** A statement in the text of its database. The same name always has the same text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** One connection, in the hands of one caller. Keeps statements prepared by name. */
export interface Session {
  /** Runs a statement that answers no rows; answers how many rows it changed. */
  run(statement: Statement, values?: readonly Value[]): Promise<number>;
  all(statement: Statement, values?: readonly Value[]): Promise<readonly object[]>;
  /** Lets go of prepared statements; the connection can then be closed. */
  release(): Promise<void>;
}
