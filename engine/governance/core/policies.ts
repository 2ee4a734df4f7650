import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { LEVELS } from '../../kernel/classification.ts';
import type { Level } from '../../kernel/classification.ts';
import type { Path } from '../../kernel/problem.ts';
import { schemaAt } from '../../kernel/types/schema-at.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import type { Fault } from './fault.ts';
import { unknownName } from './fault.ts';
import { publishingFaults, publishingSchema } from '../publishing/publishing-rules.ts';
import { retentionFaults, retentionSchema } from './retention.ts';
import type { NotBuilt } from './yaml-file.ts';

const closed = { additionalProperties: false };
const Name = Type.String({ minLength: 1, maxLength: 100 });
const Names = Type.Array(Name, { maxItems: 500, uniqueItems: true });
const FieldName = Type.String({ pattern: '^[A-Z][A-Za-z0-9]*([.][a-z][A-Za-z0-9]*)+$' });
const FieldNames = Type.Array(FieldName, { minItems: 1, maxItems: 500, uniqueItems: true });

/** The meta-schema of `policies.yaml`. */
export const policiesSchema = Type.Object(
  {
    /** By receiver: `public`, `customer`, `staff` (every role), `role:NAME`, an operation. */
    clearances: Type.Record(
      Type.String(),
      Type.Object(
        {
          upTo: Type.Unsafe<Level>({ enum: [...LEVELS] }),
          tags: Type.Optional(Type.Array(Name, { maxItems: 50, uniqueItems: true })),
        },
        closed,
      ),
    ),
    grants: Type.Array(
      Type.Object(
        {
          team: Name,
          operations: Type.Optional(Names),
          messages: Type.Optional(Names),
          /** Types (`Quote`) or single fields (`Quote.poNumber`). */
          write: Type.Optional(Names),
          /** The grant ends when this day begins. */
          until: Type.Optional(Type.String({ format: 'date' })),
          /** How often its operations may be used in all: `5000 per day`. */
          quota: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8} per day$' })),
        },
        closed,
      ),
      { maxItems: 500 },
    ),
    fieldRights: Type.Optional(
      Type.Array(Type.Object({ role: Name, read: FieldNames }, closed), { maxItems: 500 }),
    ),
    releases: Type.Optional(
      Type.Array(
        Type.Object(
          {
            field: FieldName,
            from: FieldNames,
            why: Type.String({ minLength: 1, maxLength: 500 }),
          },
          closed,
        ),
        { maxItems: 500 },
      ),
    ),
    retention: Type.Optional(retentionSchema),
    publishing: Type.Optional(publishingSchema),
    /** How a guard is told that gives away what it reads. (Default: `warning`) */
    implicitFlows: Type.Optional(Type.Unsafe<'warning' | 'error'>({ enum: ['warning', 'error'] })),
  },
  closed,
);

export const POLICIES_NOT_BUILT: NotBuilt = {
  'retention.*.deleteAfter':
    'Deleting cases for good is not built in this version of Trellis. Leave "deleteAfter" out; what lies in the archive stays there.',
};

/** What `policies.yaml` says about who may do and see what. */
export type Policies = Static<typeof policiesSchema>;

/** The names of a core that its policies may speak of. */
export interface KnownNames {
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  /** `oms.createOrder`. */
  readonly operations: readonly string[];
  /** `core/create-order`. */
  readonly processes: readonly string[];
  readonly messages: readonly string[];
  readonly types: ReadonlyMap<string, JsonSchema>;
}

/** Tells the names in policies that the core does not have. */
export function policyFaults(policies: Policies, known: KnownNames): readonly Fault[] {
  const { clearances, grants, fieldRights = [], releases = [], retention = [] } = policies;
  const receivers = receiversOf(known);
  return [
    ...Object.keys(clearances).flatMap((name) =>
      nameFaults('receiver', name, receivers, ['clearances', name]),
    ),
    ...grants.flatMap((grant, index) => grantFaults(grant, ['grants', index], known)),
    ...fieldRights.flatMap(({ role, read }, index) => [
      ...nameFaults('role', role, known.roles, ['fieldRights', index, 'role']),
      ...read.flatMap((field, n) => fieldFaults(field, ['fieldRights', index, 'read', n], known)),
    ]),
    ...releases.flatMap(({ field, from }, index) => [
      ...fieldFaults(field, ['releases', index, 'field'], known),
      ...from.flatMap((source, n) => fieldFaults(source, ['releases', index, 'from', n], known)),
    ]),
    ...retentionFaults(retention, known.processes),
    ...publishingFaults(policies.publishing, known.roles),
  ];
}

function receiversOf({ roles, operations }: KnownNames): readonly string[] {
  return [
    'public',
    'customer',
    'api',
    'staff',
    ...roles.map((role) => `role:${role}`),
    ...operations,
  ];
}

function grantFaults(
  { team, operations = [], messages = [], write = [] }: Policies['grants'][number],
  path: Path,
  known: KnownNames,
): readonly Fault[] {
  const usable = [...known.operations, ...known.processes];
  return [
    ...nameFaults('team', team, known.teams, [...path, 'team']),
    ...operations.flatMap((name, n) =>
      nameFaults('operation', name, usable, [...path, 'operations', n]),
    ),
    ...messages.flatMap((name, n) =>
      nameFaults('message', name, known.messages, [...path, 'messages', n]),
    ),
    ...write.flatMap((name, n) => fieldFaults(name, [...path, 'write', n], known)),
  ];
}

/** Looks a name up among those that are known; `what` is as in `There is no WHAT "reveiw"`. */
export function nameFaults(
  what: string,
  name: string,
  known: readonly string[],
  path: Path,
): readonly Fault[] {
  return known.includes(name) ? [] : [unknownName(what, name, known, path)];
}

/** Looks a type (`Quote`) or a field of one (`Quote.netTotal`) up. */
export function fieldFaults(name: string, path: Path, { types }: KnownNames): readonly Fault[] {
  const [type = '', ...fields] = name.split('.');
  const schema = types.get(type);
  if (schema === undefined) return [unknownName('type', type, [...types.keys()], path)];
  const resolve = (other: string): JsonSchema | undefined => types.get(other);
  if (schemaAt(schema, fields, resolve) !== undefined) return [];
  const properties = Object.keys((schema as { properties?: object }).properties ?? {});
  return [
    unknownName(
      'field',
      name,
      properties.map((property) => `${type}.${property}`),
      path,
    ),
  ];
}
