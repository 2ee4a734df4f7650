import type { Knex } from 'knex';
import type { SqlConnector, SqlOperation } from '../../governance/connector-manifest.ts';
import { valueAt } from '../../governance/input-path.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { ConnectorAnswer, ConnectorCall, OpenConnector } from '../../ports/connector.ts';
import type { SecretText, SqlDestination } from '../../ports/destination.ts';
import { statementFailure } from './failure.ts';
import { outputOfRow } from './output.ts';
import type { Row } from './output.ts';
import { openReadOnly, rowsOf } from './read-only-source.ts';

/** What a SQL connector needs of its surroundings. */
export interface SqlSurroundings {
  readonly destination: SqlDestination;
  readonly reveal: (text: SecretText) => string;
}

/**
 * Opens a connector of kind `sql`: each operation is one approved statement that reads; a call sets
 * its parameters and nothing else. Lists and objects are given as JSON text.
 */
export function openSqlConnector(
  manifest: SqlConnector,
  { destination, reveal }: SqlSurroundings,
): OpenConnector {
  const source = openReadOnly(destination, reveal);
  return {
    operations: new Map(
      Object.entries(manifest.operations).map(([short, operation]) => {
        const name = `${manifest.connector}.${short}`;
        return [
          short,
          (call: ConnectorCall) =>
            read(source, name, operation, call).catch((error: unknown) =>
              statementFailure(name, error),
            ),
        ];
      }),
    ),
    close: () => source.destroy(),
  };
}

async function read(
  source: Knex,
  name: string,
  operation: SqlOperation,
  { input }: ConnectorCall,
): Promise<ConnectorAnswer> {
  const rows = rowsOf(await source.raw(operation.statement, bindings(operation, input)));
  const told = rows.map((row) => errorIn(row, operation)).find((code) => code !== undefined);
  if (told !== undefined) return refusal(name, operation, told);
  if (operation.result === 'rows') {
    return { kind: 'ok', output: { rows: rows.map((row) => outputOfRow(row, operation)) } };
  }
  const [row] = rows;
  if (row === undefined) return refusal(name, operation, 'no-row');
  if (rows.length > 1) {
    const message = `${name} must find one row, but found ${rows.length}.`;
    return { kind: 'broken', code: 'wrong-answer', message };
  }
  return { kind: 'ok', output: outputOfRow(row, operation) };
}

function bindings(
  operation: SqlOperation,
  input: JsonObject,
): Record<string, string | number | boolean | null> {
  const properties = Object.keys(Object(operation.input['properties']) as object);
  const paths =
    operation.parameters ?? Object.fromEntries(properties.map((name) => [name, name] as const));
  return Object.fromEntries(
    Object.entries(paths).map(([name, path]) => {
      const value = valueAt(input, path) ?? null;
      return [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : value];
    }),
  );
}

function errorIn(row: Row, { errorColumn }: SqlOperation): string | undefined {
  const code = errorColumn === undefined ? undefined : row[errorColumn];
  return typeof code === 'string' ? code : undefined;
}

function refusal(name: string, { errors = {} }: SqlOperation, code: string): ConnectorAnswer {
  const kind = Object.hasOwn(errors, code) ? (errors[code] ?? 'broken') : 'broken';
  const message =
    code === 'no-row' ? `${name} found nothing.` : `${name} answered with the code "${code}".`;
  return { kind, code, message };
}
