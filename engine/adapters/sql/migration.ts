import type { Dialect } from './dialect.ts';

/** One change of the tables, by a number that is never used again. */
export interface Migration {
  readonly name: string;
  /** The statements, in order; `text` is the database's type for texts. */
  readonly statements: (text: string, database: Dialect['name']) => readonly string[];
}
