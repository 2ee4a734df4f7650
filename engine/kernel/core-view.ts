import type { RetryPolicy } from './values/retry-policy.ts';
import type { Clearance } from './classification.ts';
import type { CalendarRules } from './values/calendar.ts';
import type { JsonSchema, ValueType } from './types/value-type.ts';

/**
 * The governed core as the kernel sees it: a read-only value made from a release. Lookups answer
 * `undefined` for a name that the core does not have.
 */
export interface CoreView {
  readonly company: string;
  readonly line: number;
  /** The release that this view was made from, e.g. `1.4`. */
  readonly release: string;
  /** IANA zone in which days begin and business hours are counted. */
  readonly timeZone: string;
  readonly roles: readonly string[];
  /** The roles whose tasks a role manages. */
  readonly managers: ReadonlyMap<string, readonly string[]>;
  readonly teams: readonly string[];
  readonly types: ReadonlyMap<string, LockedType>;
  readonly operations: ReadonlyMap<string, OperationView>;
  readonly messages: ReadonlyMap<string, MessageView>;
  /** What a `run` state may start: core processes (`core/NAME`) and published workflows (`NAME`). */
  readonly runnables: ReadonlyMap<string, RunnableView>;
  readonly calendars: ReadonlyMap<string, CalendarRules>;
  /** Clearances by receiver: `public`, `customer`, `staff`, an operation's name, or `role:NAME`. */
  readonly clearances: ReadonlyMap<string, Clearance>;
  readonly grants: readonly Grant[];
  readonly fieldRights: readonly FieldRight[];
  readonly releases: readonly Declassification[];
  /** How a guard is told that gives away what it reads. (Default: `warning`) */
  readonly implicitFlows?: 'warning' | 'error';
}

/** One locked type: its JSON Schema with every `$ref` to another type resolvable by name. */
export interface LockedType {
  readonly name: string;
  readonly title: string;
  readonly schema: JsonSchema;
  /** The type of a whole value. */
  readonly type: ValueType;
  /** Workflows may add fields of their own beside its fields. (Default: they may not) */
  readonly extensible?: true;
}

/** One operation of a connector, e.g. `oms.createOrder`. */
export interface OperationView {
  readonly name: string;
  readonly title: string;
  readonly effect: 'read' | 'write';
  readonly input: ValueType;
  readonly inputSchema: JsonSchema;
  readonly output: ValueType;
  readonly outputSchema: JsonSchema;
  readonly clearance: Clearance;
  readonly delivery: 'idempotent' | 'ledger' | 'atMostOnce';
  /** Whom its mails may go to. (Default: any field and any role) */
  readonly recipients?: Recipients;
  /** The system behind it is not the house's own. (Default: it is) */
  readonly outside?: true;
  /** It works on the records of a type, in which what it is given is stored, or looked for. */
  readonly record?: {
    readonly type: string;
    readonly does: 'find' | 'get' | 'create' | 'update';
    readonly key: readonly string[];
  };
  /** How often it is tried; a workflow may only ask for less. */
  readonly retry: RetryPolicy;
}

/** Whom the mails of an operation may go to. */
export interface Recipients {
  /**
   * The fields that an address may come from: `Customer.contactEmail`, `starter.email`,
   * `actor.email`, and `own` for all that is no field of a locked type.
   */
  readonly fields: 'any' | readonly string[];
  readonly roles: 'any' | readonly string[];
}

/** A message that another system sends us, e.g. `oms.orderConfirmed`. */
export interface MessageView {
  readonly name: string;
  readonly title: string;
  /** The field of the body that a workflow's `match` is held against. */
  readonly correlate: string;
  readonly body: ValueType;
  readonly bodySchema: JsonSchema;
}

/** What a caller sees of a workflow that it may run as a child case. */
export interface RunnableView {
  readonly name: string;
  readonly title: string;
  readonly team: string;
  /** What `with` must give: an object of the fields its `run` start names. */
  readonly input: ValueType;
  /** The child's data as they are at its end. */
  readonly output: ValueType;
  readonly outcomes: readonly string[];
}

/** IT's leave for a team to use operations, receive messages and write types. */
export interface Grant {
  readonly team: string;
  readonly operations: readonly string[];
  readonly messages: readonly string[];
  /** Types (`Quote`) or single fields (`Quote.poNumber`). */
  readonly write: readonly string[];
  /** An ISO date; the grant ends when that day begins. */
  readonly until?: string;
  /** How often its operations may be used in all on one day of the company's zone. */
  readonly quota?: number;
}

/** What a role may read (`Quote.marginPct`) beyond what its clearance gives. */
export interface FieldRight {
  readonly role: string;
  readonly read: readonly string[];
}

/** Leave to store into `field` what came from more protected fields, with the reason. */
export interface Declassification {
  readonly field: string;
  readonly from: readonly string[];
  readonly why: string;
}
