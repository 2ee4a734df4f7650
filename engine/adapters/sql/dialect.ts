import type { Knex } from 'knex';
import type { Neighbours } from '../../ports/neighbours.ts';
import type { Step } from '../../ports/step.ts';
import type { Refusal } from './refusal.ts';
import type { Session } from './session.ts';

/** What differs between databases, as data. All other SQL is the same for both. */
export interface Dialect {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** Parameters are written `$1`, `$2` … instead of `?`. */
  readonly numbered: boolean;
  /** A bare parameter in `values` has no type: the first row of a batch is cast. */
  readonly untypedParameters: boolean;
  /** Begins a transaction that writes. */
  readonly begin: string;
  /** Follows the choice of jobs to claim. */
  readonly skipLocked: string;
  /** Follows a choice of rows that must stay as they are until the transaction ends. */
  readonly shareLocked: string;
  /** Locks a text until the transaction ends; absent where there is one writer at a time. */
  readonly lockText?: string;
  /** Tells whether the JSON of a record has all fields of another; absent where each is read by itself. */
  readonly jsonContains?: string;
  /** Asks for the time in epoch milliseconds; absent where one host has the database for itself. */
  readonly timeText?: string;
  /** What tells which entries were saved after others. */
  readonly entryOrder: 'row' | 'transaction';
  /** The type of a text column that sorts by code point, as ids and cursors need. */
  readonly text: string;
  /** Error codes after which a transaction was undone and may simply be run again. */
  readonly transient: readonly string[];
  /**
   * Fits the code of an error, or the message of one without, after which the same may succeed once
   * the database can be reached, or written, again.
   */
  readonly unavailable: RegExp;
  /** Statements that make what this version needs beside the tables, each time a host starts. */
  readonly functions: readonly string[];
  /**
   * Saves steps in one round trip and one transaction of its own; answers why not. Absent where a
   * statement costs no trip, neither to a server nor to another thread.
   */
  readonly save?: (session: Session, steps: readonly Step[]) => Promise<Refusal | undefined>;
  /** The session of a connection: the same each time, as long as it keeps anything. */
  session(connection: object): Session;
}

/** Connections to one database. Where it has one writer, `read` and `write` are two pools. */
export interface Connections {
  readonly dialect: Dialect;
  readonly read: Knex;
  readonly write: Knex;
  readonly neighbours: Neighbours;
  /** Runs `work` while no other host migrates the same database. */
  alone(work: (write: Knex) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
