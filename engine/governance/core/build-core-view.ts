import { limitsOf } from '../connector-limits.ts';
import type {
  CoreView,
  Grant,
  LockedType,
  MessageView,
  OperationView,
  RunnableView,
} from '../../kernel/core-view.ts';
import { TrellisError } from '../../kernel/errors.ts';
import { typeFromSchema } from '../../kernel/types/from-schema.ts';
import { fieldOf, withEmptiness } from '../../kernel/types/make-type.ts';
import type { JsonSchema, ValueType } from '../../kernel/types/value-type.ts';
import { messagesOf, operationsOf } from '../connector-manifest.ts';
import type { OperationManifest } from '../connector-manifest.ts';
import { clearancesOf, operationClearance } from './clearances.ts';
import type { Core } from './core.ts';

export interface CoreViewOptions {
  /** Workflows that may be run as child cases beside the core processes, by name. (Default: none) */
  readonly published?: ReadonlyMap<string, RunnableView>;
  /** The date in the company's zone; grants that ended by then are left out. (Default: all stay) */
  readonly today?: string;
}

/**
 * Makes the view of a core that the kernel works with.
 * @throws `TrellisError` with code `release-line` when the release is not of the core's line.
 */
export function buildCoreView(
  core: Core,
  release: string,
  { published = new Map(), today = '' }: CoreViewOptions = {},
): CoreView {
  const { settings, policies } = core;
  if (!release.startsWith(`${settings.line}.`))
    throw new TrellisError(
      'release-line',
      `Release ${release} is not of the line ${settings.line} that core.yaml names. Lock the core as ${settings.line}.NUMBER.`,
    );
  return {
    company: settings.name,
    line: settings.line,
    release,
    timeZone: settings.timeZone,
    roles: settings.roles,
    managers: new Map(Object.entries(settings.managers ?? {})),
    teams: Object.keys(settings.teams),
    types: typesOf(core),
    operations: operationViews(core),
    messages: messageViews(core),
    runnables: new Map([...published, ...core.runnables]),
    calendars: core.calendars,
    clearances: clearancesOf(core),
    grants: policies.grants
      .map(grantOf)
      .filter(({ until }) => until === undefined || today < until),
    fieldRights: policies.fieldRights ?? [],
    releases: policies.releases ?? [],
    ...(policies.implicitFlows && { implicitFlows: policies.implicitFlows }),
  };
}

function typesOf(core: Core): ReadonlyMap<string, LockedType> {
  const resolve = resolver(core);
  return new Map(
    [...core.types].map(([name, { title, schema, extensible }]) => [
      name,
      {
        ...{ name, title, schema, type: typeFromSchema(schema, resolve, { typeName: name }) },
        ...(extensible && { extensible }),
      },
    ]),
  );
}

function operationViews(core: Core): ReadonlyMap<string, OperationView> {
  const typeOf = typeReader(core);
  const views = [...core.connectors.values()].flatMap((manifest) =>
    [...operationsOf(manifest)].map(([short, operation]): OperationView => {
      const { title, effect, input, output, delivery } = operation;
      const name = `${manifest.connector}.${short}`;
      return {
        name,
        title,
        effect,
        input: inputOf(operation, typeOf, core),
        inputSchema: input,
        output: typeOf(output),
        outputSchema: output,
        clearance: operationClearance(name, operation, core.policies),
        delivery,
        ...recipientsOf(operation),
        ...('record' in operation && { record: operation.record }),
        ...('outside' in manifest && manifest.outside && { outside: true as const }),
        retry: limitsOf(operation, 'defaults' in manifest ? manifest.defaults : {}).retry,
      };
    }),
  );
  return new Map(views.map((view) => [view.name, view]));
}

/** What a record operation is given comes from, and goes to, the fields of its type. */
function inputOf(
  operation: OperationManifest,
  typeOf: (schema: JsonSchema) => ValueType,
  core: Core,
): ValueType {
  const input = typeOf(operation.input);
  if (!('record' in operation) || input.kind !== 'object') return input;
  const { type, does } = operation.record;
  const whole = core.types.get(type)?.schema;
  if (whole === undefined || does === 'create') return input;
  const ofType = typeFromSchema(whole, resolver(core), { typeName: type });
  const fields = Object.entries(input.fields).map(([name, field]) => {
    const known = fieldOf(ofType, name);
    return [name, known === undefined ? field : withEmptiness(known, field.mayBeEmpty)];
  });
  return { ...input, fields: Object.fromEntries(fields) as typeof input.fields };
}

function recipientsOf(operation: OperationManifest): Pick<OperationView, 'recipients'> {
  if (!('recipients' in operation)) return {};
  const { fields = 'any', roles = 'any' } = operation.recipients ?? {};
  return { recipients: { fields, roles } };
}

function messageViews(core: Core): ReadonlyMap<string, MessageView> {
  const typeOf = typeReader(core);
  const views = [...core.connectors.values()].flatMap((manifest) =>
    [...messagesOf(manifest)].map(([short, { title, correlate, body }]): MessageView => {
      const name = `${manifest.connector}.${short}`;
      return { name, title, correlate, body: typeOf(body), bodySchema: body };
    }),
  );
  return new Map(views.map((view) => [view.name, view]));
}

function typeReader(core: Core): (schema: JsonSchema) => ValueType {
  const resolve = resolver(core);
  return (schema) => typeFromSchema(schema, resolve);
}

function resolver({ types }: Core): (name: string) => JsonSchema | undefined {
  return (name) => types.get(name)?.schema;
}

function grantOf({
  team,
  operations,
  messages,
  write,
  until,
  quota,
}: Core['policies']['grants'][number]): Grant {
  return {
    team,
    operations: operations ?? [],
    messages: messages ?? [],
    write: write ?? [],
    ...(until === undefined ? {} : { until }),
    ...(quota === undefined ? {} : { quota: Number.parseInt(quota, 10) }),
  };
}
