import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSystemClock } from '../../engine/adapters/system/clock.ts';
import { createConnectors } from '../../engine/connectors/create-connectors.ts';
import type { ConnectorSettings } from '../../engine/connectors/create-connectors.ts';
import type {
  ConnectorManifest,
  HttpConnector,
} from '../../engine/governance/connector-manifest.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { JsonSchema } from '../../engine/kernel/types/value-type.ts';
import type { Validate } from '../../engine/kernel/validator/schema-error.ts';
import { createValidator } from '../../engine/kernel/validator/validator.ts';
import type { Validator } from '../../engine/kernel/validator/validator.ts';
import type { ConnectorCall, Connectors } from '../../engine/ports/connector.ts';
import type { HttpDestination } from '../../engine/ports/destination.ts';
import type { Secrets } from '../../engine/ports/signer.ts';

const CORE = 'core-data';

/** The bundled company's types, by name. */
export function meridianTypes(): ReadonlyMap<string, JsonSchema> {
  const files = readdirSync(join(CORE, 'types')).filter((file) => file.endsWith('.yaml'));
  return new Map(
    files.map((file) => {
      const { type, schema } = read(join(CORE, 'types', file)) as {
        readonly type: string;
        readonly schema: JsonSchema;
      };
      return [type, schema];
    }),
  );
}

/** The bundled company's connectors, by name. */
export function meridianConnectors(): ReadonlyMap<string, ConnectorManifest> {
  return new Map(
    readdirSync(join(CORE, 'connectors')).map((name) => [
      name,
      read(join(CORE, 'connectors', name, 'connector.yaml')) as ConnectorManifest,
    ]),
  );
}

function read(file: string): unknown {
  return parse(readFileSync(file, 'utf8'));
}

/** Compiles schemas that may refer to the bundled company's types. */
export function meridianCompile(): (schema: JsonSchema) => Validate {
  validator ??= createValidator(meridianTypes());
  const made = validator;
  return (schema) => made.compile(schema);
}

let validator: Validator | undefined;

export function secretsOf(values: Readonly<Record<string, string>>): Secrets {
  return {
    get: (name) => {
      const value = values[name];
      if (value === undefined) throw new TrellisError('secret-missing', `No secret "${name}".`);
      return value;
    },
  };
}

export function callOf(
  operation: string,
  input: JsonObject,
  more: Partial<ConnectorCall> = {},
): ConnectorCall {
  return {
    operation,
    input,
    idempotencyKey: 'case-1/2/0',
    earlier: 'none',
    signal: new AbortController().signal,
    ...more,
  };
}

/** Runs an HTTP server on loopback for the time of the callback. */
export async function withServer<T>(
  listener: RequestListener,
  use: (port: number) => Promise<T>,
): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export function loopback(port: number, more: Partial<HttpDestination> = {}): HttpDestination {
  return {
    kind: 'http',
    baseUrl: `http://127.0.0.1:${port}`,
    allow: [`127.0.0.1/32:${port}`],
    ...more,
  };
}

type Operations = HttpConnector['operations'];

/** One HTTP operation `shop.buy`, as a base for variations. */
export function buyOperation(more: Partial<Operations[string]> = {}): Operations[string] {
  return {
    title: 'Buy',
    effect: 'write',
    request: { method: 'POST', path: '/buy', idempotencyHeader: 'Idempotency-Key' },
    input: { type: 'object', properties: { sku: { type: 'string' } } },
    output: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', maxLength: 20 } },
    },
    delivery: 'idempotent',
    ...more,
  };
}

export function shop(operations: Operations, more: Partial<HttpConnector> = {}): HttpConnector {
  return {
    connector: 'shop',
    kind: 'http',
    title: 'Shop',
    destination: { test: 'shop' },
    operations,
    ...more,
  };
}

/** Opens connectors for the time of the callback. */
export async function withConnectors<T>(
  settings: Partial<ConnectorSettings> & Pick<ConnectorSettings, 'manifests' | 'destinations'>,
  use: (connectors: Connectors) => Promise<T>,
): Promise<T> {
  const connectors = createConnectors({
    environment: 'test',
    secrets: secretsOf({}),
    compile: meridianCompile(),
    clock: createSystemClock(),
    records: createMemoryStore().records,
    release: '1.1',
    reference: new Map(),
    timeZone: 'UTC',
    ...settings,
  });
  try {
    return await use(connectors);
  } finally {
    await connectors.close();
  }
}
