/**
 * What IT writes in `core-data/connectors/NAME/connector.yaml`: the types and the meta-schema, from
 * one source. What JSON Schema cannot say is checked by `connectorFaults`.
 *
 * - **connector**: a governed door to another system. Where that system is, is the environment's.
 * - **operation**: one typed thing that a connector can do, known as `CONNECTOR.OPERATION`.
 * - **message**: what that system tells us on its own, by a signed webhook.
 * - **input path**: the way to a value of the operation's input, as in `quote.quoteNo`.
 */
import { Type } from '@sinclair/typebox';
import type { Static, TObject, TProperties, TSchema } from '@sinclair/typebox';
import { LEVELS } from '../kernel/classification.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import { limitProperties } from './connector-limits.ts';
import type { WrittenLimits } from './connector-limits.ts';

const closed = <P extends TProperties>(properties: P, title: string): TObject<P> =>
  Type.Object(properties, { additionalProperties: false, title });

const oneOf = <const T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], description });

const byName = <T extends TSchema>(name: string, value: T) =>
  Type.Record(Type.String({ pattern: name }), value, { additionalProperties: false });

const NAME = '^[a-z][a-z0-9-]*$';
const MEMBER = '^[a-z][A-Za-z0-9]*$';
const INPUT_PATH = '^[A-Za-z][A-Za-z0-9]*([.][A-Za-z][A-Za-z0-9]*)*$';
const RECIPIENT_FIELD =
  '^(own|starter[.]email|actor[.]email|[A-Z][A-Za-z0-9]*([.][a-z][A-Za-z0-9]*)+)$';
const HEADER = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$";

const title = Type.String({ minLength: 1, maxLength: 100 });
const headerName = Type.String({ pattern: HEADER });
const inputPath = Type.String({ pattern: INPUT_PATH, maxLength: 200 });
const errorCode = '^[A-Za-z0-9_.-]{1,64}$';
const objectSchema = Type.Unsafe<Exclude<JsonSchema, boolean>>({
  type: 'object',
  description: 'A JSON Schema (2020-12) of an object; `$ref: Quote` names a locked type.',
});

const operationProperties = {
  title,
  effect: oneOf(['read', 'write'], 'Whether it changes anything on the other side.'),
  input: objectSchema,
  output: objectSchema,
  clearance: Type.Optional(
    closed(
      {
        upTo: oneOf(LEVELS, 'The most protected values that it may be given.'),
        tags: Type.Optional(Type.Array(Type.String({ pattern: NAME }))),
      },
      'Clearance',
    ),
  ),
  delivery: oneOf(
    ['idempotent', 'ledger', 'atMostOnce'],
    'idempotent: may be called again with the same key. ledger: the other side can be asked whether it happened. atMostOnce: an unsure outcome becomes an incident.',
  ),
  lookup: Type.Optional(
    closed(
      {
        operation: Type.String({
          pattern: MEMBER,
          description: 'A read operation of this connector with one input and the same output.',
        }),
        by: inputPath,
        absent: Type.Optional(
          Type.String({
            pattern: errorCode,
            description: 'The code that says that it did not happen (Default: http-404).',
          }),
        ),
      },
      'How to ask whether it happened',
    ),
  ),
  errors: Type.Optional(byName(errorCode, oneOf(['final', 'retry'], 'What the code means.'))),
  ...limitProperties,
};

const httpRequest = closed(
  {
    method: oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'The HTTP method.'),
    path: Type.String({
      pattern: '^(/|(/[^/?#\\s\\\\]+)+/?)$',
      maxLength: 500,
      description: 'Below the base address; `{quote.quoteNo}` stands for an input path.',
    }),
    query: Type.Optional(byName('^[A-Za-z0-9_.\\[\\]-]{1,64}$', inputPath)),
    body: Type.Optional(
      Type.Union([inputPath, byName('^[A-Za-z_][A-Za-z0-9_-]*$', inputPath)], {
        description:
          'The input path of the body, or one for each of its fields (Default: the whole input with POST, PUT and PATCH).',
      }),
    ),
    idempotencyHeader: Type.Optional(headerName),
  },
  'Request',
);

export const httpOperationSchema = closed(
  { ...operationProperties, request: httpRequest },
  'HTTP operation',
);

export const sqlOperationSchema = closed(
  {
    ...operationProperties,
    effect: Type.Literal('read'),
    statement: Type.String({
      minLength: 1,
      maxLength: 10_000,
      description: 'One statement that reads; `:name` stands for a parameter.',
    }),
    parameters: Type.Optional(byName('^[A-Za-z][A-Za-z0-9]*$', inputPath)),
    result: oneOf(
      ['row', 'rows'],
      'row: the one row is the output. rows: the output is `{ rows: […] }`.',
    ),
    json: Type.Optional(Type.Array(Type.String(), { description: 'Columns that hold JSON text.' })),
    errorColumn: Type.Optional(
      Type.String({ description: 'A column that holds an error code where the row is none.' }),
    ),
  },
  'SQL operation',
);

const recipients = closed(
  {
    fields: Type.Optional(
      Type.Union([Type.Literal('any'), Type.Array(Type.String({ pattern: RECIPIENT_FIELD }))], {
        description:
          "The fields that an address may come from: fields of types, starter.email, actor.email, and `own` for a workflow's own (Default: any).",
      }),
    ),
    roles: Type.Optional(
      Type.Union([Type.Literal('any'), Type.Array(Type.String({ minLength: 1 }))], {
        description: 'The roles that may be mailed (Default: any).',
      }),
    ),
  },
  'Recipients of a mail',
);

export const mailOperationSchema = closed(
  { ...operationProperties, recipients: Type.Optional(recipients) },
  'Mail operation',
);

const messageSchema = closed(
  {
    title,
    correlate: Type.String({
      pattern: INPUT_PATH,
      description: "The field of the body that a workflow's `match` is held against.",
    }),
    body: objectSchema,
  },
  'Message',
);

const signatureSchema = closed(
  {
    secret: Type.String({ pattern: NAME, description: 'The name of the shared secret.' }),
    idHeader: Type.Optional(headerName),
    timestampHeader: Type.Optional(headerName),
    signatureHeader: Type.Optional(headerName),
    window: Type.Optional(
      Type.String({
        pattern: '^[1-9][0-9]{0,3} (second|minute)s?$',
        description: 'How far the timestamp may lie from now (Default: 5 minutes).',
      }),
    ),
  },
  'Signature of webhooks',
);

const common = {
  connector: Type.String({ pattern: MEMBER, maxLength: 40 }),
  title,
  destination: byName(NAME, Type.String({ pattern: NAME })),
  secrets: Type.Optional(Type.Array(Type.String({ pattern: NAME }))),
  defaults: Type.Optional(closed(limitProperties, 'Defaults of all operations')),
  outside: Type.Optional(
    Type.Boolean({
      description:
        "The system is another company's: personal data that it is given leaves the house (Default: false).",
    }),
  ),
};
const inbound = {
  signature: signatureSchema,
  messages: byName(MEMBER, messageSchema),
};

export const httpConnectorSchema = closed(
  {
    ...common,
    kind: Type.Literal('http'),
    operations: byName(MEMBER, httpOperationSchema),
    signature: Type.Optional(inbound.signature),
    messages: Type.Optional(inbound.messages),
  },
  'HTTP connector',
);
export const sqlConnectorSchema = closed(
  { ...common, kind: Type.Literal('sql'), operations: byName(MEMBER, sqlOperationSchema) },
  'SQL connector',
);
export const mailConnectorSchema = closed(
  { ...common, kind: Type.Literal('mail'), operations: byName(MEMBER, mailOperationSchema) },
  'Mail connector',
);
export const webhookConnectorSchema = closed(
  {
    connector: common.connector,
    title,
    kind: Type.Literal('webhook'),
    secrets: common.secrets,
    ...inbound,
  },
  'Webhook connector',
);

/** The meta-schema of each kind: choose by `kind` first, so that its faults are told as they are. */
export const connectorSchemas = {
  http: httpConnectorSchema,
  sql: sqlConnectorSchema,
  mail: mailConnectorSchema,
  webhook: webhookConnectorSchema,
} as const;

export type ConnectorKind = keyof typeof connectorSchemas;
export type HttpConnector = Static<typeof httpConnectorSchema>;
export type SqlConnector = Static<typeof sqlConnectorSchema>;
export type MailConnector = Static<typeof mailConnectorSchema>;
export type WebhookConnector = Static<typeof webhookConnectorSchema>;
/** A connector that IT writes. */
export type WrittenConnector = HttpConnector | SqlConnector | MailConnector | WebhookConnector;
export type ConnectorManifest = WrittenConnector | RecordsConnector;

export type HttpOperation = Static<typeof httpOperationSchema>;
export type SqlOperation = Static<typeof sqlOperationSchema>;
export type MailOperation = Static<typeof mailOperationSchema>;
export type OperationManifest = HttpOperation | SqlOperation | MailOperation | RecordOperation;

/** What an operation does with the records of one type. */
export interface RecordWork {
  readonly type: string;
  readonly does: 'find' | 'get' | 'create' | 'update';
  /** Where its records are: stored, or in a table of the core. */
  readonly from: 'store' | 'table';
  /** The fields that tell one record from another. */
  readonly key: readonly string[];
  /** The fields that no two records share all of. */
  readonly unique: readonly string[];
}
export interface RecordOperation extends Static<TObject<typeof operationProperties>> {
  readonly record: RecordWork;
}
/** The operations on the types that are owned here; nobody writes it, it follows from the types. */
export interface RecordsConnector {
  readonly connector: 'records';
  readonly title: string;
  readonly kind: 'records';
  /** By `TYPE.find`, `TYPE.get`, `TYPE.create` and `TYPE.update`. */
  readonly operations: Readonly<Record<string, RecordOperation>>;
  readonly defaults?: WrittenLimits;
}
export type MessageManifest = Static<typeof messageSchema>;
export type SignatureManifest = Static<typeof signatureSchema>;

/** The operations of a connector by their short names; a webhook connector has none. */
export function operationsOf(manifest: ConnectorManifest): ReadonlyMap<string, OperationManifest> {
  return new Map(manifest.kind === 'webhook' ? [] : Object.entries(manifest.operations));
}

/** The messages of a connector by their short names. */
export function messagesOf(manifest: ConnectorManifest): ReadonlyMap<string, MessageManifest> {
  return new Map('messages' in manifest ? Object.entries(manifest.messages ?? {}) : []);
}
