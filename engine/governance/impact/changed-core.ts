import type { CoreView, LockedType, MessageView, OperationView } from '../../kernel/core-view.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import type { Core } from '../core/core.ts';
import { referencesIn } from './references-in.ts';

/** In what two states of a core differ, as far as a workflow can notice it. */
export interface ChangedCore {
  /** Types, operations, messages and core processes, those included that hold a changed type. */
  readonly names: ReadonlySet<string>;
  readonly calendars: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  /** The teams whose grants differ. */
  readonly teams: ReadonlySet<string>;
  /** What the check alone reads, of all workflows: clearances, field rights, releases, guards. */
  readonly rules: boolean;
  /** The line or the time zone, on which everything depends. */
  readonly all: boolean;
}

/** A state of the core: its files as they were read, and the view that was made of them. */
export interface CoreState {
  readonly core: Core;
  readonly view: CoreView;
}

/** Tells in what two states of a core differ. */
export function changedCore(before: CoreState, after: CoreState): ChangedCore {
  const [one, other] = [before.view, after.view];
  const types = differing(one.types, other.types, typeText);
  const holding = withHolders(types, [one.types, other.types]);
  const held = (schemas: readonly JsonSchema[]): boolean =>
    schemas.some((schema) => referencesIn(schema).some((name) => holding.has(name)));
  const operations = [one.operations, other.operations].flatMap((views) =>
    [...views.values()].filter(({ inputSchema, outputSchema }) =>
      held([inputSchema, outputSchema]),
    ),
  );
  const messages = [one.messages, other.messages].flatMap((views) =>
    [...views.values()].filter(({ bodySchema }) => held([bodySchema])),
  );
  return {
    names: new Set([
      ...holding,
      ...differing(one.operations, other.operations, operationText),
      ...differing(one.messages, other.messages, messageText),
      ...differing(before.core.processes, after.core.processes, text),
      ...[...operations, ...messages].map(({ name }) => name),
    ]),
    calendars: differing(one.calendars, other.calendars, text),
    roles: differing(new Map(one.roles.map(pair)), new Map(other.roles.map(pair)), text),
    teams: differing(grantsByTeam(one), grantsByTeam(other), text),
    rules: rulesText(one) !== rulesText(other),
    all: one.line !== other.line || one.timeZone !== other.timeZone,
  };
}

/** The names under which two maps do not hold the same. */
function differing<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  textOf: (value: T) => string,
): ReadonlySet<string> {
  const written = (map: ReadonlyMap<string, T>, name: string): string | undefined => {
    const value = map.get(name);
    return value === undefined ? undefined : textOf(value);
  };
  const names = new Set([...before.keys(), ...after.keys()]);
  return new Set([...names].filter((name) => written(before, name) !== written(after, name)));
}

/** Adds the types that hold one of these, directly or through others. */
function withHolders(
  changed: ReadonlySet<string>,
  states: readonly ReadonlyMap<string, LockedType>[],
): ReadonlySet<string> {
  const found = new Set(changed);
  const types = states.flatMap((state) => [...state.values()]);
  const references = types.map(({ name, schema }) => ({ name, of: referencesIn(schema) }));
  for (let known = -1; known < found.size;) {
    known = found.size;
    for (const { name, of } of references) if (of.some((one) => found.has(one))) found.add(name);
  }
  return found;
}

function typeText({ title, schema }: LockedType): string {
  return text({ title, schema });
}

function operationText(view: OperationView): string {
  return text({ ...view, input: null, output: null });
}

function messageText(view: MessageView): string {
  return text({ ...view, body: null });
}

function grantsByTeam({ grants, teams }: CoreView): ReadonlyMap<string, unknown> {
  return new Map(teams.map((team) => [team, grants.filter((grant) => grant.team === team)]));
}

function rulesText({ clearances, fieldRights, releases, implicitFlows }: CoreView): string {
  return text([[...clearances], fieldRights, releases, implicitFlows]);
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

function pair(name: string): readonly [string, string] {
  return [name, name];
}
